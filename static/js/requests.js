/* What every htmx request carries: the current CSRF token, and for polling the last ETag; a hidden tab does not poll. */

const etags = new WeakMap();

const cookie = (name) => {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
};

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  const { headers, method, body } = ctx.request;

  if (ctx.sourceEvent?.type === "every") {
    if (document.hidden) {
      event.preventDefault();
      return;
    }
    const etag = etags.get(ctx.sourceElement);
    if (etag) headers["If-None-Match"] = etag;
  }

  // A page that stayed open across a new sign-in holds an old token; the cookie has the current one.
  const token = cookie("csrftoken");
  if (method !== "GET" && token) {
    headers["X-CSRFToken"] = token;
    if (body?.has?.("csrfmiddlewaretoken")) body.set("csrfmiddlewaretoken", token);
  }

  // Whose page this is: another tab may have signed somebody else in, or everybody out.
  if (document.body.dataset.user) headers["X-Tala-User"] = document.body.dataset.user;

  // Filters that say nothing stay out of the URL.
  if (method === "GET" && ctx.sourceElement.matches("form[data-clean]")) {
    for (const [name, value] of [...body]) if (value === "") body.delete(name);
  }
});

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  const etag = ctx.response.headers.get("ETag");
  if (etag && ctx.sourceEvent?.type === "every") etags.set(ctx.sourceElement, etag);
});

// The same for a plain GET form: an empty field is not sent.
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("form[data-clean]")) return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});
