// Reading the DOM safely. First part of every script of this folder (scripts.py joins them into one function body).
//
// Inside a form a control called "action", "id" or "parentNode" hides the form's own property of that name, and pages
// override methods. So everything is read through the prototypes' own getters, and never through `form.something`.
const getter = (prototype, name) => {
  const read = Object.getOwnPropertyDescriptor(prototype, name).get;
  return (node) => read.call(node);
};
const parentOf = getter(Node.prototype, "parentNode");
const nodesOf = getter(Node.prototype, "childNodes");
const connected = getter(Node.prototype, "isConnected");
const tagOf = getter(Element.prototype, "localName");
const shadowOf = getter(Element.prototype, "shadowRoot");
const slotOf = getter(Element.prototype, "assignedSlot");
const bodyOf = getter(Document.prototype, "body");
const scrollLeftOf = getter(Element.prototype, "scrollLeft");
const scrollTopOf = getter(Element.prototype, "scrollTop");
const rootElementOf = getter(Document.prototype, "documentElement");
const attribute = (element, name) => Element.prototype.getAttribute.call(element, name) ?? "";
const has = (element, name) => Element.prototype.hasAttribute.call(element, name);
const is = (element, selector) => Element.prototype.matches.call(element, selector);
const boxOf = (element) => Element.prototype.getBoundingClientRect.call(element);
const rootOf = (node) => Node.prototype.getRootNode.call(node);
const contains = (outer, inner) => Node.prototype.contains.call(outer, inner);
const precedes = (first, second) =>
  Boolean(Node.prototype.compareDocumentPosition.call(first, second) & Node.DOCUMENT_POSITION_FOLLOWING);
const typeOf = getter(Node.prototype, "nodeType");
const isElement = (node) => typeOf(node) === 1;

const query = (root, selector) => {
  const owner = root instanceof Element ? Element : root instanceof Document ? Document : DocumentFragment;
  return Array.from(owner.prototype.querySelectorAll.call(root, selector));
};

/** The parent as it is drawn: through slots and out of shadow roots. */
const drawnParent = (node) => {
  const parent = (isElement(node) && slotOf(node)) || parentOf(node);
  return parent instanceof ShadowRoot ? parent.host : parent;
};

const ancestorsOf = (element) => {
  const found = [];
  for (let node = drawnParent(element); node && isElement(node); node = drawnParent(node)) found.push(node);
  return found;
};

/** All elements under a root in document order, open shadow roots included. */
const everything = (root, selector) => {
  const found = [];
  const visit = (scope) => {
    for (const element of query(scope, "*")) {
      if (is(element, selector)) found.push(element);
      const shadow = shadowOf(element);
      if (shadow) visit(shadow);
    }
  };
  if (root instanceof Element && shadowOf(root)) visit(shadowOf(root));
  visit(root);
  return found;
};

const squeeze = (text) => String(text).replace(/[\s\u00a0\u200b]+/g, " ").trim();

/** The elements that an attribute of ids names, looked up in the element's own tree. */
const referenced = (element, name) => {
  const root = rootOf(element);
  const ids = attribute(element, name).split(/\s+/).filter(Boolean);
  const find = (root instanceof Document ? Document : DocumentFragment).prototype.getElementById;
  if (!(root instanceof Document) && !(root instanceof DocumentFragment)) return [];
  return ids.map((id) => find.call(root, id)).filter(Boolean);
};

// What the scripts remember between two calls: the elements behind the numbers, and a token for this very document.
const registry = (() => {
  const key = Symbol.for("genflow");
  const root = rootElementOf(document);
  if (!window[key] || window[key].root !== root) {
    const token = Math.random().toString(36).slice(2) + Date.now().toString(36);
    Object.defineProperty(window, key, {
      value: { token, root, snapshots: new Map() },
      configurable: true,
      enumerable: false,
    });
  }
  return window[key];
})();
