// The code arrives behind "#", where no server sees it; it must leave the address and the history before anything else happens.
history.replaceState(null, "", takeCode());

function takeCode() {
  const code = location.hash.toUpperCase().replace(/[^0-9A-Z]/g, "").slice(0, 32);
  const input = document.querySelector("input[data-code]");
  if (code && input) {
    input.value = code.replace(/(.{4})(?=.)/g, "$1-");
    input.form.querySelector("button").focus();
  }
  return location.pathname + location.search;
}
