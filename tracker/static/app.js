// What a server-rendered page cannot do by itself. Everything here is extra: each page works without it.
const words = JSON.parse(document.body.dataset.words || "{}");
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const inField = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
document.documentElement.classList.add("scripted");

function later(action, wait) {
  let timer;
  return (...args) => { clearTimeout(timer); timer = setTimeout(action, wait, ...args); };
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// A private window or a strict policy may refuse storage; the page must not care.
const memory = (store) => ({
  get: (key) => { try { return store().getItem(key); } catch { return null; } },
  set: (key, value) => { try { store().setItem(key, value); } catch { /* nothing is lost but comfort */ } },
});
const forTab = memory(() => sessionStorage);
const forBrowser = memory(() => localStorage);

// ---- keyboard ----
const rows = () => all("tr[data-row]");
const singleKeys = () => forBrowser.get("single-keys") !== "off";

function visit(step) {
  const list = rows();
  if (!list.length) return;
  const now = list.findIndex((row) => row.classList.contains("here"));
  const next = list[Math.min(list.length - 1, Math.max(0, now < 0 ? 0 : now + step))];
  list[now]?.classList.remove("here");
  next.classList.add("here");
  const link = one("a[href]", next);
  link?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function check() {
  const box = one("tr.here input[type=checkbox]");
  if (box) box.click();
}

function press(key) {
  const target = all("[data-key]").find((item) => item.dataset.key === key && item.offsetParent !== null && !item.disabled);
  if (!target) return false;
  target.focus();
  target.click();
  return true;
}

function submitNearest(target) {
  const form = target.closest?.("form[method=post]") || one("main form[method=post]");
  const button = form && one("button[type=submit], button:not([type])", form);
  if (button) form.requestSubmit(button);
}

function showKeys() {
  const dialog = document.getElementById("keys");
  if (!dialog || dialog.open) return;
  const here = one("[data-keys-here]", dialog);
  const acts = all("[data-key]").filter((item) => item.offsetParent !== null);
  here.replaceChildren(...acts.map((item) => element("div", {},
    element("dt", {}, element("kbd", {}, item.dataset.key)), element("dd", {}, item.textContent.trim()))));
  one("[data-keys-title]", dialog).hidden = !acts.length;
  one("[data-keys-toggle]", dialog).checked = singleKeys();
  dialog.showModal();
}

// In a list the next row; on the page of one thing its neighbour in the list it was opened from.
const step = (by, key) => rows().length ? visit(by) : press(key);

const plainKeys = {
  "?": showKeys, "j": () => step(1, "]"), "k": () => step(-1, "["), "x": check, "/": () => document.getElementById("find")?.focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    const find = document.getElementById("find");
    if (find) { event.preventDefault(); find.focus(); find.select(); }
  } else if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    submitNearest(event.target);
  } else if (event.key === "Escape") {
    all("details.menu[open]").forEach((menu) => { menu.open = false; one("summary", menu).focus(); });
    if (inField(event.target)) event.target.blur();
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !inField(event.target) && !one("dialog[open]") && singleKeys()) {
    if (plainKeys[event.key]) { event.preventDefault(); plainKeys[event.key](); }
    else if (press(event.key)) event.preventDefault();
  }
});

document.addEventListener("click", (event) => {
  all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  if (event.target.closest("[data-open=keys]")) showKeys();
  if (event.target.matches("[data-keys-toggle]")) forBrowser.set("single-keys", event.target.checked ? "on" : "off");
});

// ---- forms: never lose what was written, never send it twice ----
const snapshot = (form) => [...new FormData(form)]
  .filter(([name]) => name !== "csrf_token")
  .map(([name, value]) => `${name}=${value instanceof File ? value.name + value.size : value}`).join("\n");
const guarded = new Map(all("form[data-guard]").map((form) => [form, snapshot(form)]));
const changed = () => [...guarded].some(([form, before]) => form.isConnected && !form.dataset.sent && snapshot(form) !== before);

window.addEventListener("beforeunload", (event) => { if (changed()) event.preventDefault(); });

for (const field of all("input[name=idempotency_key]")) {
  if (!field.value && crypto.randomUUID) field.value = crypto.randomUUID();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.submitter?.hasAttribute("data-preview-button")) return;
  // Its answer opens elsewhere; this page stays, and may ask again.
  if (form.target || event.submitter?.formTarget) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  // Set after the form has been read: a disabled button would not be sent with it.
  const button = event.submitter;
  if (button) setTimeout(() => { button.setAttribute("aria-busy", "true"); button.dataset.label = button.textContent; button.textContent = words.sending; });
});

// The kept visit form names its writer; who signs out leaves no name behind. Visits that wait stay.
document.addEventListener("submit", (event) => {
  if (new URL(event.target.action, location.href).pathname === "/sign-out") self.caches?.delete("huiyin-visits").catch(() => {});
});

// Back from the next page: the form may be used again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of all("form[data-sent]")) delete form.dataset.sent;
  for (const button of all("[aria-busy]")) { button.removeAttribute("aria-busy"); button.textContent = button.dataset.label; }
});

// ---- live counts ----
for (const box of all("textarea[data-count]")) {
  const place = one(`[data-count-for="${box.id}"]`);
  const show = () => {
    const max = box.maxLength;
    place.textContent = max - box.value.length < 50
      ? fill(words.left, { n: max - box.value.length }) : fill(words.chars, { n: box.value.length, max });
    place.classList.toggle("full", box.value.length >= max);
  };
  box.addEventListener("input", show);
  show();
}

// ---- filter a long list of choices ----
for (const filter of all("[data-filter]")) {
  const items = all("li", document.getElementById(filter.dataset.filter));
  if (items.length < 8) continue;
  filter.hidden = false;
  filter.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.ctrlKey) event.preventDefault(); });
  filter.addEventListener("input", () => {
    for (const item of items) item.hidden = !item.textContent.includes(filter.value.trim()) && !one("input:checked", item);
  });
}

// ---- on a phone the list comes before its filter ----
if (matchMedia("(max-width: 720px)").matches) all("details[data-fold]").forEach((fold) => { fold.open = false; });

// ---- on a phone the row of tabs is longer than the screen ----
const tab = one(".tabs a[aria-current]");
const strip = tab?.closest("ul");
if (strip && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = tab.offsetLeft - strip.offsetLeft - 20;

// ---- several rows at once ----
function bulk(bar) {
  const boxes = all(`input[type=checkbox][form="${bar.id}"]`);
  const everything = one("[data-check-all]");
  const count = one("[data-bulk-count]", bar);
  const empty = count.textContent;
  const update = () => {
    const chosen = boxes.filter((box) => box.checked);
    bar.classList.toggle("on", chosen.length > 0);
    count.textContent = chosen.length ? fill(count.dataset.text, { n: chosen.length }) : empty;
    for (const button of all("[data-act]", bar)) {
      const fit = chosen.filter((box) => box.dataset.moves.split(" ").includes(button.dataset.act)).length;
      one("[data-act-count]", button).textContent = chosen.length ? fit : "";
      button.disabled = !fit;
      const why = one(`[data-why="${button.dataset.act}"]`, bar);
      why.hidden = fit === chosen.length;
      why.textContent = fill(why.dataset.text, { n: chosen.length - fit });
    }
    if (everything) {
      everything.checked = chosen.length > 0 && chosen.length === boxes.length;
      everything.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
  };
  everything?.addEventListener("change", () => { for (const box of boxes) box.checked = everything.checked; update(); });
  for (const box of boxes) box.addEventListener("change", update);
  update();
}
all("form[data-bulk]").forEach(bulk);

// ---- the same place in a list ----
if (rows().length) {
  const place = `place:${location.pathname}${location.search}`;
  const last = Number(forTab.get(place));
  const came = performance.getEntriesByType("navigation")[0]?.type;
  const fromRow = document.referrer.startsWith(`${location.origin}${location.pathname}/`);
  if (last && (came === "back_forward" || fromRow)) window.scrollTo({ top: last, behavior: "instant" });
  window.addEventListener("pagehide", () => forTab.set(place, String(window.scrollY)));
}

// ---- letters: the page beside the form ----
// Every page has some icon; a new one differs in its name only.
function icon(name) {
  const made = one("svg.icon use").closest("svg").cloneNode(true);
  const use = one("use", made);
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${name}`));
  return made;
}

function showChecks(checks) {
  const list = one("[data-preview-checks]");
  if (!list || !checks) return;
  list.replaceChildren(...checks.map((check) => {
    const sign = icon(check.ok ? "check-circle" : "x-circle");
    const text = check.where && !check.ok ? element("a", { href: `#f-${check.where}` }, check.text) : element("span", {}, check.text);
    return element("li", { class: check.ok ? "check-ok" : "check-bad" }, sign, text);
  }));
}

const asData = (blob) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.onerror = failed;
  reader.readAsDataURL(blob);
});

async function refresh(sheet, form) {
  const status = one("[data-preview-status]", sheet);
  const target = one("[data-preview-target]", sheet);
  status.textContent = status.dataset.busy;
  try {
    const answer = await fetch(sheet.dataset.preview, { method: "POST", body: new FormData(form), headers: { Accept: "application/json, image/*" } });
    if (!answer.ok) throw new Error(String(answer.status));
    if (answer.headers.get("content-type").startsWith("image/")) target.src = await asData(await answer.blob());
    else {
      const { src, checks } = await answer.json();
      if (src) target.src = src;
      showChecks(checks);
    }
    status.textContent = "";
  } catch {
    status.textContent = status.dataset.failed;
  }
}

// A frame shows the answer of the form's own POST: a PDF cannot be handed over by script under our policy.
function frame(sheet, form) {
  const button = one("[data-preview-button]", sheet);
  form.addEventListener("input", later(async () => {
    form.requestSubmit(button);
    const answer = await fetch(sheet.dataset.preview, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok) showChecks((await answer.json()).checks);
  }, 1500));
}

for (const sheet of all("[data-preview]")) {
  const form = document.getElementById(sheet.dataset.previewForm);
  if (!form) continue;
  if (one("iframe", sheet)) { frame(sheet, form); continue; }
  const again = later(() => refresh(sheet, form), 900);
  form.addEventListener("input", again);
  form.addEventListener("submit", (event) => {
    if (!event.submitter?.hasAttribute("data-preview-button")) return;
    event.preventDefault();
    refresh(sheet, form);
  });
}

// ---- somebody may have raised it already ----
for (const box of all("[data-similar]")) {
  const place = element("div", { class: "similar", role: "status" });
  box.closest(".field").append(place);
  const look = later(async () => {
    const text = box.value.trim();
    if (text.length < 6) { place.replaceChildren(); return; }
    const answer = await fetch(`${box.dataset.similar}?${new URLSearchParams({ q: text.slice(0, 200) })}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const items = answer?.ok ? (await answer.json()).items : [];
    place.replaceChildren(...(items.length ? [element("b", {}, words.similar), element("ul", {}, ...items.map((item) => element("li", {},
      element("a", { href: item.url, target: "_blank", rel: "noopener" }, item.summary), element("span", { class: "meta num" }, `${item.reference} · ${item.state}`))))] : []));
  }, 600);
  box.addEventListener("input", look);
}

// ---- the background is still at it ----
const pending = one("[data-reload]");
// Not under the hands of somebody who is filling something in.
const busy = () => document.activeElement?.closest("main form, main details[open]");
if (pending) setInterval(() => { if (!busy()) location.reload(); }, 1000 * Number(pending.dataset.reload));

// ---- errors first ----
// The box above the form says of which field each sentence speaks.
// Where a page has several forms a field's id may have another beginning than its name.
function aim(link) {
  const place = decodeURIComponent(link.hash.slice(1));
  return document.getElementById(place) ?? one(`[aria-invalid][name="${CSS.escape(place.replace(/^f-/, ""))}"]`);
}
for (const link of all(".error-summary a[href^='#']")) {
  const target = aim(link);
  const label = target && (one(`label[for="${CSS.escape(target.id)}"]`) || one("legend", target));
  const name = label?.firstChild?.textContent.trim();
  const colon = document.documentElement.lang === "en" ? ": " : "：";
  if (name && !link.textContent.includes(name)) link.prepend(name, colon);
}
const wrong = one("[data-focus]");
if (wrong) wrong.focus();
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a, .checks a");
  const target = link && aim(link);
  if (!target) return;
  event.preventDefault();
  const control = target.matches("input, select, textarea") ? target : one("input, select, textarea", target);
  control?.focus();
});
