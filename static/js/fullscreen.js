/* A button [data-fullscreen] puts the page on the whole screen and takes it back; where that cannot be, there is none. */

const button = document.querySelector("[data-fullscreen]");

if (button && document.fullscreenEnabled) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    done.catch(() => {}); // the browser said no: the page stays as it is
  });
  document.addEventListener("fullscreenchange", () => {
    button.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement)));
  });
}
