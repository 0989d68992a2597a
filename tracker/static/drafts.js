// Visits that wait on this phone, and how they are sent: the same for a page and for the worker behind it.
// Each draft belongs to whoever wrote it; it is sent under its own id, so that sending it twice is sending it once.
self.drafts = (() => {
  const NAME = "huiyin-visits";
  const LOCK = "huiyin-sending";
  const news = typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : null;
  // A message does not come back to whoever sent it; the page that sends wants to see it too.
  const listeners = [];
  const tell = (message) => { news?.postMessage(message); for (const listen of listeners) listen(message); };
  const listen = (action) => { listeners.push(action); news?.addEventListener("message", (event) => action(event.data)); };

  function open() {
    return new Promise((done, failed) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("drafts", { keyPath: "id" });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  }

  // Resolved only when it is on the disk: "saved" must be true when it is said.
  async function within(mode, action) {
    const db = await open();
    try {
      return await new Promise((done, failed) => {
        const transaction = db.transaction("drafts", mode, { durability: "strict" });
        const asked = action(transaction.objectStore("drafts"));
        transaction.oncomplete = () => done(asked?.result);
        transaction.onabort = transaction.onerror = () => failed(transaction.error);
      });
    } finally {
      db.close();
    }
  }

  const everybodys = () => within("readonly", (store) => store.getAll());
  const get = (id) => within("readonly", (store) => store.get(id));
  const of = async (owner) => (await everybodys()).filter((draft) => draft.owner === owner).sort((a, b) => a.at - b.at);

  async function put(draft) {
    await within("readwrite", (store) => store.put(draft));
    tell({ kind: "changed" });
  }

  async function drop(id) {
    await within("readwrite", (store) => store.delete(id));
    tell({ kind: "changed" });
  }

  // ---- sending ----
  // Refused ones wait for a correction, open ones for a decision of their writer.
  const isReady = (draft) => draft.state !== "refused" && draft.state !== "open";

  class Later extends Error {}
  class SignedOut extends Error {}

  async function ask(address, options = {}) {
    let answer;
    try {
      answer = await fetch(address, { credentials: "same-origin", redirect: "manual", cache: "no-store", ...options });
    } catch {
      throw new Later("offline");
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignedOut();
    if (answer.status === 429 || answer.status >= 500) throw new Later("later");
    return answer;
  }

  // Who is signed in, and a token made now: the one in a kept page has grown old.
  async function whoami() {
    const answer = await ask("/visits/sending", { signal: AbortSignal.timeout(8000) });
    // Somebody else's post, or the network's own sign-in page: not ours to send.
    if (!answer.ok || !(answer.headers.get("Content-Type") || "").startsWith("application/json")) throw new SignedOut();
    return answer.json();
  }

  async function post(address, who, body, headers = {}) {
    const answer = await ask(address, {
      method: "POST", body, headers: { "X-CSRFToken": who.csrf_token, Accept: "application/json", ...headers },
    });
    // The token goes with the session: somebody else signed in meanwhile, and nothing was taken.
    if (answer.status === 400) throw new Later("later");
    return answer;
  }

  async function problem(answer) {
    const said = await answer.json().catch(() => ({}));
    return { status: answer.status, detail: said.detail || said.title || String(answer.status), errors: said.errors || [] };
  }

  async function sendPhotos(draft, who) {
    for (const photo of draft.photos) {
      if (photo.sent) continue;
      const form = new FormData();
      form.append("client_id", photo.id);
      form.append("file", photo.blob, "photo.jpg");
      const answer = await post("/api/v1/photos", who, form);
      if (!answer.ok) return problem(answer);
      photo.sent = true;
      await put(draft);
    }
    return null;
  }

  async function sendOne(draft, who, again = true) {
    draft.state = "sending";
    await put(draft);
    let refused = await sendPhotos(draft, who);
    if (!refused) {
      // From here on the visit may have arrived although no answer came back.
      draft.unsure = true;
      await put(draft);
      const body = JSON.stringify({ ...draft.given, client_id: draft.id, photos: draft.photos.map((photo) => photo.id) });
      const answer = await post("/api/v1/visits", who, body, { "Content-Type": "application/json" });
      draft.unsure = false;
      if (answer.ok) {
        const visit = await answer.json();
        await drop(draft.id);
        tell({ kind: "sent", draft: { id: draft.id, label: draft.label }, visit });
        return;
      }
      refused = await problem(answer);
      // The service forgets photos whose visit stays away too long; ours are still here.
      if (again && refused.errors.some((error) => error.field === "photos")) {
        for (const photo of draft.photos) photo.sent = false;
        return sendOne(draft, who, false);
      }
    }
    Object.assign(draft, { state: "refused", problem: refused });
    await put(draft);
  }

  async function sendMine() {
    if (!(await everybodys()).some(isReady)) return "empty";
    const who = await whoami();
    for (const draft of (await of(who.person)).filter(isReady)) {
      try {
        await sendOne(draft, who);
      } catch (trouble) {
        // What stood in the store is what counts; only the state changes.
        const kept = await get(draft.id);
        if (kept) await put({ ...kept, state: "waiting" });
        throw trouble;
      }
    }
    return "done";
  }

  // One sender at a time, whether page or worker; whoever comes second leaves it to the first.
  async function send() {
    const run = async () => {
      try {
        return await sendMine();
      } catch (trouble) {
        if (trouble instanceof SignedOut) return "login";
        if (trouble instanceof Later) return trouble.message;
        throw trouble;
      }
    };
    const outcome = navigator.locks
      ? await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? run() : "busy")) : await run();
    if (outcome !== "busy" && outcome !== "empty") tell({ kind: "tried", outcome });
    return outcome;
  }

  return { NAME, put, get, drop, of, everybodys, send, whoami, listen, SignedOut, Later };
})();

// On every page of a member, and on the one for signing in: how many wait, and a try to send them.
if (typeof document !== "undefined") {
  const bar = document.querySelector("[data-waiting]");
  const count = async () => {
    const waiting = await self.drafts.everybodys();
    bar.hidden = !waiting.length;
    bar.querySelector("b").textContent = waiting.length;
  };
  if (bar) {
    const quietly = (action) => action().catch(() => { /* a browser without storage has no drafts either */ });
    self.drafts.listen(() => quietly(count));
    quietly(count);
    if (bar.hasAttribute("data-sends")) {
      quietly(self.drafts.send);
      window.addEventListener("online", () => quietly(self.drafts.send));
    }
  }
}
