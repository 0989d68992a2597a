// The visit form on a phone: photos made small, visits kept where there is no signal, and what waits shown.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // ---- photos: drawn anew in a moderate size, which leaves behind where and with what they were taken ----
  const SIDE = 1600;
  const MOST = 9;

  function canvas(picture, side) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const made = element("canvas");
    made.width = Math.max(1, Math.round(picture.width * scale));
    made.height = Math.max(1, Math.round(picture.height * scale));
    made.getContext("2d").drawImage(picture, 0, 0, made.width, made.height);
    return made;
  }

  async function drawnAnew(file) {
    const picture = await createImageBitmap(file);
    const blob = await new Promise((done) => canvas(picture, SIDE).toBlob(done, "image/jpeg", 0.82));
    const thumb = canvas(picture, 160).toDataURL("image/jpeg", 0.7);
    picture.close();
    return { id: crypto.randomUUID(), blob, thumb };
  }

  function shotsOf(input) {
    const list = one("[data-shots]", input.form);
    const words = JSON.parse(list.dataset.shots);
    const shots = [];
    let busy = Promise.resolve();

    function show(fault = "") {
      const files = new DataTransfer();
      shots.forEach((shot, index) => files.items.add(new File([shot.blob], `photo-${index + 1}.jpg`, { type: "image/jpeg" })));
      input.files = files.files;
      list.replaceChildren(...shots.map((shot, index) => {
        const away = element("button", { type: "button", class: "btn btn-bare", "aria-label": fill(words.remove, { n: index + 1 }) }, "×");
        away.addEventListener("click", () => { shots.splice(index, 1); show(); });
        return element("li", {}, element("img", { src: shot.thumb, alt: fill(words.shot, { n: index + 1 }), width: 96, height: 72 }), away);
      }), ...(fault ? [element("li", { class: "error" }, fault)] : []));
    }

    async function add(files) {
      let fault = "";
      for (const file of files) {
        if (shots.length >= MOST) { fault = fill(words.most, { n: MOST }); break; }
        try { shots.push(await drawnAnew(file)); } catch { fault = words.unreadable; }
      }
      show(fault);
    }
    input.addEventListener("change", () => {
      const files = [...input.files];
      busy = busy.then(() => add(files));
    });
    return { shots, ready: () => busy, replace: (others) => { shots.splice(0, shots.length, ...others); show(); } };
  }

  const pickers = new Map(all("input[type=file][name=photos]").map((input) => [input.form, shotsOf(input)]));
  const queue = one("[data-queue]");
  const form = one("form[data-visit]");
  if (!queue || !form || !self.drafts || !self.indexedDB) return;

  const { drafts } = self;
  const words = JSON.parse(queue.dataset.drafts);
  const owner = queue.dataset.writer;
  const isKept = document.body.hasAttribute("data-offline");
  const picker = pickers.get(form);
  const say = (text) => { one("[data-queue-words]", queue).textContent = text; };
  const sent = [];

  // ---- what waits ----
  function problemOf(draft) {
    const faults = draft.problem.errors.map((error) => error.message);
    return element("ul", { class: "error" }, ...(faults.length ? faults : [draft.problem.detail]).map((text) => element("li", {}, text)));
  }

  function button(label, action) {
    const made = element("button", { type: "button", class: "btn btn-bare" }, label);
    made.addEventListener("click", action);
    return made;
  }

  function row(draft) {
    const state = draft.unsure && draft.state !== "sending" ? words.unsure : words[draft.state];
    const photos = draft.photos.length ? ` · ${fill(words.photos, { n: draft.photos.length })}` : "";
    const line = element("li", { "data-draft": draft.id, "data-state": draft.state },
      element("b", {}, draft.label), element("span", { class: "meta" }, `${state}${photos}`));
    if (draft.state === "refused") line.append(problemOf(draft));
    // What may have arrived must not be changed here: the second sending would bring back the first.
    if (!draft.unsure && draft.state !== "sending") line.append(
      isKept ? button(words.edit, () => edit(draft.id)) : element("a", { class: "btn btn-bare", href: `/visits/offline#${draft.id}` }, words.edit));
    if (draft.state !== "sending") line.append(button(words.drop, () => { if (confirm(words.really)) drafts.drop(draft.id); }));
    return line;
  }

  const done = ({ draft, visit }) => element("li", { "data-sent": draft.id },
    element("b", {}, draft.label), element("span", { class: "meta" }, words.sent),
    element("a", { href: `/visits/${visit.id}` }, words.look),
    ...visit.cases.map((raised) => element("span", { class: "meta num" },
      `${raised.reference}${raised.tracking_code ? ` · ${fill(words.code, { code: raised.tracking_code })}` : ""}`)));

  async function draw() {
    const everybodys = await drafts.everybodys();
    const mine = everybodys.filter((draft) => draft.owner === owner).sort((a, b) => a.at - b.at);
    const others = everybodys.length - mine.length;
    queue.hidden = !mine.length && !others && !sent.length;
    one("[data-queue-title]", queue).textContent = mine.length || others ? words.title : words.all_sent;
    one("[data-queue-count]", queue).textContent = mine.length || "";
    one("[data-send]", queue).hidden = !mine.length;
    one("[data-queue-list]", queue).replaceChildren(
      ...(others ? [element("li", { class: "meta" }, fill(words.others, { n: others }))] : []), ...mine.map(row), ...sent.map(done));
  }

  async function send() {
    const outcome = await drafts.send();
    if (outcome === "login") say(words.login);
    if (outcome === "offline" || outcome === "later") say(words[outcome]);
    return outcome;
  }

  drafts.listen((message) => {
    if (message.kind === "sent") sent.push(message);
    if (message.kind === "tried") say(words[message.outcome] || "");
    draw();
  });
  one("[data-send]", queue).addEventListener("click", async () => {
    for (const draft of await drafts.of(owner)) if (draft.state === "refused") await drafts.put({ ...draft, state: "waiting" });
    send();
  });
  window.addEventListener("online", send);
  window.addEventListener("offline", () => say(words.offline));

  // ---- lines that may become cases, split as the service splits them ----
  const boxes = [["help", "help_needed"], ["coordination", "coordination_needed"]];

  function linesOf(text) {
    const numbering = new RegExp(form.dataset.numbering, "u");
    const nothing = JSON.parse(form.dataset.nothing);
    return text.split(/\r?\n/).map((line) => line.replace(numbering, "").trim()).filter((line) => !nothing.includes(line));
  }

  function showLines() {
    const place = one("[data-lines]", form);
    if (!place) return;
    const before = new Set(all("input:not(:checked)", place).map((box) => box.value));
    const found = boxes.flatMap(([origin, name]) => linesOf(form.elements[name].value).map((line) => [origin, line])).slice(0, 20);
    place.hidden = !found.length;
    one("div", place).replaceChildren(...found.map(([origin, line]) => {
      const value = `${origin}:${line}`;
      const box = element("input", { type: "checkbox", class: "form-check-input", value });
      box.checked = !before.has(value);
      return element("label", { class: "line" }, box, element("span", {}, line));
    }));
  }

  // ---- a visit as it will be sent ----
  const text = (data, name) => String(data.get(name) ?? "").trim();

  function given() {
    const data = new FormData(form);
    const contact = { name: text(data, "contact.name"), phone: text(data, "contact.phone"), kind: text(data, "contact.kind") };
    const made = {
      visited_on: text(data, "visited_on"), channel: text(data, "channel"), drive: text(data, "drive"), contact,
      persons_count: Number(text(data, "persons_count")) || 1, address: text(data, "address"), reported: text(data, "reported"),
      help_needed: text(data, "help_needed"), coordination_needed: text(data, "coordination_needed"),
      consent_process: data.has("consent_process"), visitors: data.getAll("visitors[]"),
    };
    if (text(data, "circle")) made.circle = text(data, "circle");
    if (text(data, "area")) made.area = text(data, "area");
    if (text(data, "link")) made.link = text(data, "link");
    const resident = { name: contact.name, phone: contact.phone, address: made.address };
    for (const name of ["consent_process", "consent_forward", "consent_publish"]) resident[name] = data.has(name);
    made.cases = all("[data-lines] input:checked", form).map((box) => {
      const [, origin, line] = box.value.match(/^(\w+):(.*)$/su);
      return {
        summary: [...line.replace(/[。；;.]+$/u, "")].slice(0, 80).join(""), narrative: `${line}\n\n${made.reported}`.slice(0, 10000),
        origin, source: "visit", area: made.area ?? "", resident,
      };
    });
    return made;
  }

  function faultsOf(visit) {
    const wrong = all("input, select, textarea", form).filter((field) => !field.checkValidity())
      .map((field) => [field.id, `${field.closest(".field")?.querySelector(".label label, legend")?.firstChild.textContent.trim() || ""}：${field.validity.valueMissing ? words.missing : field.validationMessage}`]);
    if (visit.cases.length && !visit.area) wrong.push(["f-area", words.place]);
    if ((visit.contact.name || visit.contact.phone || visit.address) && !visit.consent_process) wrong.push(["f-consent_process", words.consent]);
    return [...new Map(wrong.map((fault) => [fault[1], fault])).values()];
  }

  function showFaults(faults) {
    const box = one("[data-faults]", form);
    box.hidden = !faults.length;
    if (!faults.length) return;
    one("ul", box).replaceChildren(...faults.map(([id, said]) => element("li", {}, id ? element("a", { href: `#${id}` }, said) : said)));
    box.focus();
  }

  const label = (visit) => `${visit.visited_on} ${visit.contact.name || visit.address || visit.reported.slice(0, 12)}`;

  async function keep(id, state = "waiting") {
    await picker.ready();
    const visit = given();
    const draft = {
      id, owner, at: Date.now(), state, unsure: false, label: label(visit), given: visit, problem: null,
      photos: picker.shots.map(({ id: photo, blob, thumb }) => ({ id: photo, blob, thumb, sent: false })),
    };
    try {
      await drafts.put(draft);
    } catch {
      say(words.full);
      return false;
    }
    navigator.storage?.persist?.();
    navigator.serviceWorker?.ready.then((worker) => worker.sync?.register(drafts.NAME)).catch(() => {});
    return true;
  }

  // ---- the kept form: everything is stored first and sent afterwards ----
  let editing = null;

  const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());

  // The next door: the place, the circle and who goes along stay.
  function nextDoor() {
    for (const name of ["contact.name", "contact.phone", "reported", "help_needed", "coordination_needed"]) {
      form.elements[name].value = "";
      // Whoever counts letters should notice.
      form.elements[name].dispatchEvent(new Event("input"));
    }
    form.elements.persons_count.value = 1;
    form.elements.link.value = "";
    for (const name of ["consent_process", "consent_forward", "consent_publish"]) form.elements[name].checked = false;
    begin();
  }

  function begin() {
    editing = null;
    form.elements.visited_on.value = form.elements.visited_on.value || today();
    form.elements.visited_on.max = today();
    picker.replace([]);
    showLines();
    showFaults([]);
  }

  function choose(name, value) {
    for (const box of all(`[name="${name}"]`, form)) {
      if (box.type === "radio" || box.type === "checkbox") box.checked = [value].flat().includes(box.value);
      else box.value = value ?? "";
    }
  }

  async function edit(id) {
    const draft = await drafts.get(id);
    if (!draft || draft.owner !== owner || draft.unsure) return;
    const { contact, cases, ...visit } = draft.given;
    for (const [name, value] of Object.entries(visit)) if (!name.startsWith("consent")) choose(name === "visitors" ? "visitors[]" : name, value);
    for (const [name, value] of Object.entries(contact)) choose(`contact.${name}`, value);
    form.elements.consent_process.checked = visit.consent_process;
    for (const name of ["consent_forward", "consent_publish"]) form.elements[name].checked = Boolean(cases[0]?.resident[name]);
    picker.replace(draft.photos);
    showLines();
    const chosen = new Set(cases.map((raised) => `${raised.origin}:${raised.narrative.split("\n")[0]}`));
    for (const box of all("[data-lines] input", form)) box.checked = draft.state === "open" || chosen.has(box.value);
    showFaults((draft.problem?.errors || []).map((error) => [`f-${error.field}`, error.message]));
    editing = id;
    form.scrollIntoView();
  }

  async function store(event) {
    event.preventDefault();
    // app.js marks a form as sent; this one stays for the next door.
    event.stopImmediatePropagation();
    const faults = faultsOf(given());
    showFaults(faults);
    if (faults.length || !(await keep(editing || crypto.randomUUID()))) return;
    nextDoor();
    await draw();
    say(words.kept);
    queue.scrollIntoView({ block: "start" });
    send();
  }

  // ---- the usual form: the phone steps in only when the service is out of reach ----
  async function instead(event) {
    if (form.dataset.reached) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await picker.ready();
    try {
      await drafts.whoami();
      form.dataset.reached = "yes";
      form.requestSubmit(event.submitter);
    } catch {
      // Which lines become cases has not been decided yet; until then nothing is sent.
      const undecided = boxes.some(([, name]) => linesOf(form.elements[name].value).length);
      if (!(await keep(one("[name=client_id]", form).value, undecided ? "open" : "waiting"))) return;
      form.dataset.sent = "kept";
      location.assign(`/visits/offline#${one("[name=client_id]", form).value}`);
    }
  }

  async function install() {
    if (!("serviceWorker" in navigator)) return;
    await navigator.serviceWorker.register("/visits/worker.js", { scope: "/visits/" });
    const answer = await fetch("/visits/offline", { redirect: "error", cache: "no-store" });
    if (!answer.ok) return;
    const shell = new DOMParser().parseFromString(await answer.clone().text(), "text/html");
    const needs = all("link[rel=stylesheet], link[rel=icon], link[rel=manifest]", shell).map((link) => link.getAttribute("href"))
      .concat(all("script[src]", shell).map((script) => script.getAttribute("src")))
      .concat(all("use", shell).map((use) => use.getAttribute("href").replace(/#.*/, "")));
    const cache = await caches.open(drafts.NAME);
    await cache.addAll([...new Set(needs)].filter(Boolean));
    await cache.put("/visits/offline", answer);
    document.documentElement.dataset.kept = "yes";
  }

  if (isKept) {
    form.addEventListener("submit", store);
    form.addEventListener("reset", () => setTimeout(begin));
    for (const [, name] of boxes) form.elements[name].addEventListener("input", showLines);
    begin();
    if (!navigator.onLine) say(words.offline);
    if (location.hash) edit(location.hash.slice(1));
  } else {
    form.addEventListener("submit", instead);
    window.addEventListener("pageshow", () => { delete form.dataset.reached; });
    install().catch(() => { /* without a kept form the page works as it always did */ });
    for (const place of all(".places a", form)) {
      place.addEventListener("click", (event) => {
        event.preventDefault();
        choose("area", place.dataset.area);
        choose("address", place.dataset.address);
      });
    }
  }
  draw();
  send();
})();
