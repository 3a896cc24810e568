/* One message as people see it: words, a button if there is something to do, and one that closes it (notices.js). */

export const makeNote = (words, kind, { button, press } = {}) => {
  const note = document.createElement("div");
  note.className = `note note-${kind}`;
  const text = document.createElement("p");
  text.textContent = words;
  note.append(text);
  if (button) {
    const act = document.createElement("button");
    act.type = "button";
    act.className = "btn btn-sm btn-link";
    act.textContent = button;
    act.addEventListener("click", () => { note.remove(); press(); });
    note.append(act);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn btn-sm btn-quiet";
  close.dataset.dismiss = "";
  close.textContent = "Close";
  note.append(close);
  return note;
};
