/*
 * <combo-box src="/url"><input name="agent"></combo-box>: list autocomplete with manual selection (ARIA practices).
 * `src` answers ?q=… with [{"value": "Tina / 123456", "label": "Tina", "note": "123456 · Team A"}, …].
 * Attributes: `min` (characters before it asks; 1), `of` (what is counted, for screen readers; "matches").
 * Without JavaScript, or without an answer, it is the text field it wraps. Choosing fires `change` on the input.
 */

import { maskCards } from "./cards.js";

const PAUSE = 120;
let count = 0;

class ComboBox extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    if (!this.input || this.list?.isConnected) return;
    this.querySelectorAll(":scope > [role=listbox], :scope > [role=status]").forEach((old) => old.remove());
    const id = `combo-${(count += 1)}`;
    this.options = [];
    this.active = -1;
    this.answers = new Map();

    this.list = document.createElement("ul");
    this.list.id = id;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.getAttribute("of") ?? "Matches");
    this.status = document.createElement("span");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.append(this.list, this.status);

    this.dress();
    this.input.addEventListener("input", (event) => { if (event.isTrusted) this.later(); });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.options.indexOf(option));
    });
  }

  /* What makes the field a combobox to a screen reader. */
  dress() {
    for (const [name, value] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
      "aria-expanded": String(this.open), "aria-controls": this.list.id,
    })) this.input.setAttribute(name, value);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  get open() {
    return Boolean(this.list) && !this.list.hidden;
  }

  later() {
    clearTimeout(this.timer);
    this.request?.abort();
    const asked = this.input.value.trim();
    if (asked.length < Number(this.getAttribute("min") ?? 1)) return this.close();
    this.timer = setTimeout(() => this.ask(asked), PAUSE);
  }

  async ask(asked, andActivate) {
    clearTimeout(this.timer);
    this.request?.abort();
    const request = (this.request = new AbortController());
    let answer = this.answers.get(asked);
    if (!answer) {
      try {
        const url = new URL(this.getAttribute("src"), document.baseURI);
        url.searchParams.set("q", maskCards(asked, [], { unfinished: true }).text);
        const response = await fetch(url, {
          signal: request.signal, credentials: "same-origin", headers: { Accept: "application/json" },
        });
        if (!response.ok || response.redirected) return;
        answer = await response.json();
      } catch {
        return; // aborted, offline or not JSON: it stays a text field
      }
      if (!Array.isArray(answer)) return;
      if (this.answers.size > 50) this.answers.clear();
      this.answers.set(asked, answer);
    }
    if (request.signal.aborted || document.activeElement !== this.input) return;
    this.show(answer, asked);
    if (andActivate !== undefined && answer.length) this.activate(andActivate < 0 ? answer.length - 1 : andActivate);
  }

  show(answer, asked) {
    this.options = answer.map(({ value, label, note }, index) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.value = value;
      option.append(this.marked(label ?? value, asked));
      if (note) {
        const small = document.createElement("small");
        small.append(this.marked(note, asked));
        option.append(small);
      }
      return option;
    });
    this.list.replaceChildren(...this.options);
    this.activate(-1);
    const what = this.getAttribute("of") ?? "matches";
    this.status.textContent = answer.length ? `${answer.length} ${what}, arrow keys to choose` : "";
    if (!answer.length) return this.close();
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  /* The text with what was typed set off in <mark>; text nodes only. */
  marked(text, asked) {
    const span = document.createElement("span");
    const at = asked ? text.toLowerCase().indexOf(asked.toLowerCase()) : -1;
    if (at < 0) {
      span.textContent = text;
    } else {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(at, at + asked.length);
      span.append(text.slice(0, at), mark, text.slice(at + asked.length));
    }
    return span;
  }

  activate(index) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.options[index];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  choose(index) {
    const option = this.options[index];
    if (!option) return;
    this.input.value = option.dataset.value;
    this.close();
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (!this.list) return;
    this.activate(-1);
    this.list.hidden = true;
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const size = this.options.length;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp": {
        const down = event.key === "ArrowDown";
        event.preventDefault();
        if (event.altKey && !down) this.close();
        else if (!this.open) this.ask(this.input.value.trim(), event.altKey ? undefined : down ? 0 : -1);
        else if (down) this.activate(this.active + 1 >= size ? 0 : this.active + 1);
        else this.activate(this.active <= 0 ? size - 1 : this.active - 1);
        break;
      }
      case "Enter":
        if (this.open && this.active >= 0) {
          event.preventDefault();
          this.choose(this.active);
        } else {
          this.close(); // and the form goes its way
        }
        break;
      case "Tab":
        if (this.open && this.active >= 0) this.choose(this.active);
        break;
      case "Escape":
        if (this.open) {
          event.preventDefault();
          event.stopPropagation();
          this.close();
        }
        break;
      default:
    }
  }
}

customElements.define("combo-box", ComboBox);

// A swap settles the attributes of fields it knew by id back to what the page said.
document.addEventListener("htmx:after:swap", () => {
  for (const box of document.querySelectorAll("combo-box")) if (box.list) box.dress();
});
