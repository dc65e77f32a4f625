// The state of the page is the fragment of its address: which view, and what is chosen in it.

export function state() {
  const fragment = location.hash.slice(1);
  return Object.fromEntries(new URLSearchParams(fragment.includes("=") ? fragment : ""));
}

/** The fragment of a state; what is empty is left out. */
export function addressOf(chosen) {
  const kept = Object.entries(chosen).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return "#" + new URLSearchParams(kept);
}

/** Change some of what is chosen; as a step of the history, or in place of the present one while a reader types. */
export function choose(changes, inPlace = false) {
  const address = addressOf({ ...state(), ...changes });
  if (address === location.hash) return;
  if (inPlace) {
    history.replaceState(null, "", address);
    dispatchEvent(new HashChangeEvent("hashchange"));
  } else location.hash = address;
}
