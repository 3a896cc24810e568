/* Clocks: the "now" of an entry row in the program's zone, and "5 min ago" that stays true. */

const zone = document.body.dataset.zone || undefined;
const clock = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit", timeZone: zone });

const ago = (instant) => {
  const seconds = (Date.now() - instant) / 1000;
  const size = Math.abs(seconds);
  if (size < 60) return "just now";
  let words;
  if (size < 3600) words = `${Math.floor(size / 60)} min`;
  else if (size < 86400) words = `${Math.floor(size / 3600)} h`;
  else words = size < 172800 ? "1 day" : `${Math.floor(size / 86400)} days`;
  return seconds > 0 ? `${words} ago` : `in ${words}`;
};

const tick = () => {
  const now = clock.format(new Date());
  for (const field of document.querySelectorAll("input[data-now]")) field.placeholder = now;
  for (const place of document.querySelectorAll("[data-clock]")) if (place.textContent !== now) place.textContent = now;
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const words = ago(new Date(time.dateTime));
    if (time.textContent !== words) time.textContent = words;
  }
};

const wait = () => setTimeout(() => { tick(); wait(); }, 60_050 - (Date.now() % 60_000));

tick();
wait();
document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
document.addEventListener("htmx:after:swap", tick);
