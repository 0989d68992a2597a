// The coordinating screen: the check runs while one types, a category suggests its department, and only what the route needs is shown.
const form = document.querySelector("form[data-triage]");
const text = form.elements.transfer_text;
const place = form.querySelector("[data-recheck]");
const token = form.elements.csrf_token.value;
let timer;
let latest = 0;

function show({ parts, count }) {
  const line = document.createElement("p");
  line.className = "hint";
  line.textContent = count ? place.dataset.found.replace("{n}", count) : place.dataset.clean;
  place.replaceChildren(line);
  if (!count) return;
  const shown = document.createElement("div");
  shown.className = "prose recheck-text";
  shown.append(...parts.map(([piece, kind]) => {
    if (!kind) return piece;
    const mark = document.createElement("mark");
    mark.className = `hit hit-${kind}`;
    mark.textContent = piece;
    return mark;
  }));
  place.append(shown);
}

async function check() {
  const turn = ++latest;
  const answer = await fetch(form.dataset.check, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" },
    body: JSON.stringify({ text: text.value }),
  }).catch(() => null);
  if (answer?.ok && turn === latest) show(await answer.json());
}

text.addEventListener("input", () => {
  // What was confirmed was another text.
  form.elements.confirmed.checked = false;
  clearTimeout(timer);
  timer = setTimeout(check, 500);
});

const defaults = JSON.parse(form.dataset.defaults);
form.elements.category.addEventListener("change", () => {
  const unit = defaults[form.elements.category.value];
  const choice = unit && form.querySelector(`input[name=lead][value="${CSS.escape(unit)}"]:not(:disabled)`);
  if (choice) { choice.checked = true; choice.scrollIntoView({ block: "nearest" }); }
});

function followRoute() {
  const route = form.elements.route.value;
  for (const part of form.querySelectorAll("[data-when-route]")) {
    part.hidden = !part.dataset.whenRoute.split(" ").includes(route);
    for (const control of part.querySelectorAll("input, textarea, select")) {
      if (!control.dataset.barred) control.dataset.barred = control.disabled ? "yes" : "no";
      control.disabled = part.hidden || control.dataset.barred === "yes";
    }
  }
}
form.addEventListener("change", (event) => { if (event.target.name === "route") followRoute(); });
followRoute();
