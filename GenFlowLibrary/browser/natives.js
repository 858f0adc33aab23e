// The browser's own objects, also where the page has replaced them. First part of every script of this folder (scripts.py joins them into
// one function body), so that all others use these names instead of the page's.
//
// Old libraries and page guards put their own functions in place of querySelectorAll, Array or Map. What is replaced is taken from an empty
// frame that is put into the page for a moment and taken out again; a page that is as it should be never gets one.
const isNative = (made) => typeof made === "function" && /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(made));
const USED = {
  Array: ["!from"],
  Map: ["get", "set", "has", "delete"],
  Set: ["has", "add"],
  Node: ["parentNode", "childNodes", "isConnected", "nodeType", "ownerDocument", "getRootNode", "contains", "compareDocumentPosition"],
  Element: ["localName", "shadowRoot", "assignedSlot", "scrollLeft", "scrollTop", "getAttribute", "hasAttribute", "matches",
    "getBoundingClientRect", "querySelectorAll", "scrollIntoView"],
  Document: ["body", "documentElement", "title", "defaultView", "activeElement", "querySelectorAll", "getElementById", "createRange", "createTreeWalker"],
  DocumentFragment: ["querySelectorAll", "getElementById"],
  HTMLElement: ["focus", "blur", "click"],
  HTMLIFrameElement: ["contentDocument"],
  HTMLFrameElement: ["contentDocument"],
  HTMLInputElement: ["value", "checked"],
  HTMLTextAreaElement: ["value"],
  HTMLSelectElement: ["selectedIndex"],
  HTMLOptionElement: ["selected"],
  EventTarget: ["dispatchEvent"],
};
const isWhole = (name) => {
  const own = window[name];
  return isNative(own) && USED[name].every((member) => {
    const [holder, key] = member[0] === "!" ? [own, member.slice(1)] : [own.prototype, member];
    const found = Object.getOwnPropertyDescriptor(holder, key);
    return Boolean(found) && ("value" in found ? isNative(found.value) : isNative(found.get) && (!found.set || isNative(found.set)));
  });
};

const natives = (() => {
  const whole = {};
  const replaced = [];
  for (const name of Object.keys(USED)) {
    if (isWhole(name)) whole[name] = window[name];
    else replaced[replaced.length] = name;
  }
  if (!replaced.length) return whole;
  const kept = Symbol.for("genflow natives");
  if (!window[kept]) {
    const frame = document.createElement("iframe");
    frame.style.display = "none";
    document.documentElement.appendChild(frame);
    const clean = frame.contentWindow;
    const taken = {};
    for (const name of Object.keys(USED)) taken[name] = clean[name];
    document.documentElement.removeChild(frame);
    Object.defineProperty(window, kept, { value: taken, enumerable: false });
  }
  for (const name of replaced) whole[name] = window[kept][name];
  return whole;
})();
const {
  Array, Map, Set, Node, Element, Document, DocumentFragment, HTMLElement, HTMLIFrameElement, HTMLFrameElement, HTMLInputElement,
  HTMLTextAreaElement, HTMLSelectElement, HTMLOptionElement, EventTarget,
} = natives;
