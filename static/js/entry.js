/*
 * The entry row while its line is on the way: Enter puts the caret back into the agent field at once, and what
 * is typed before the answer comes is the beginning of the next line. Nothing typed in between is lost.
 */

const fields = () => [...document.querySelectorAll("#entry :is(input:not([type=hidden]), select)")];
const isEntry = (event) => event.detail.ctx.sourceElement?.id === "entry-form";

let sent = null; // what each field said when the line was sent, by id
let typed = null; // what has been typed since, by id, and where the caret is

document.addEventListener("htmx:before:request", (event) => {
  if (!isEntry(event)) return;
  sent = new Map(fields().map((field) => [field.id, field.value]));
  const agent = document.getElementById("entry-agent");
  agent.focus();
  agent.setSelectionRange(agent.value.length, agent.value.length);
});

// A field that was sent as "Tina" and now says "TinaEr" was typed "Er" since; any other text is new as a whole.
const since = (field) => {
  const before = sent.get(field.id) ?? "";
  if (field.value === before) return null;
  return field.matches("input") && field.value.startsWith(before) ? field.value.slice(before.length) : field.value;
};

document.addEventListener("htmx:before:swap", (event) => {
  if (!isEntry(event) || !sent) return;
  const saved = event.detail.ctx.response.status === 201;
  const news = fields().map((field) => [field.id, saved ? since(field) : field.value]).filter(([, text]) => text !== null);
  const changed = fields().some((field) => field.value !== sent.get(field.id));
  typed = changed ? { news, at: document.activeElement?.id, saved } : null;
  sent = null;
});

document.addEventListener("htmx:after:swap", (event) => {
  if (!isEntry(event) || !typed) return;
  for (const [id, text] of typed.news) {
    const field = document.getElementById(id);
    if (field) field.value = text;
  }
  const field = document.getElementById(typed.at);
  if (typed.saved && field?.closest("#entry")) {
    field.focus();
    if (field.matches("input")) field.setSelectionRange(field.value.length, field.value.length);
  }
  typed = null;
});

document.addEventListener("htmx:error", (event) => { if (event.detail.ctx && isEntry(event)) sent = null; });
