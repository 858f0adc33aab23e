// Reading the DOM safely. Part of every script: uses natives.js.
//
// Inside a form a control called "action", "id" or "parentNode" hides the form's own property of that name, and pages
// override methods. So everything is read through the prototypes' own getters, and never through `form.something`. What is in a frame
// belongs to another set of prototypes, so nothing is asked with `instanceof`; the getters work on the nodes of every frame.
const getter = (prototype, name) => {
  const read = Object.getOwnPropertyDescriptor(prototype, name).get;
  return (node) => read.call(node);
};
const parentOf = getter(Node.prototype, "parentNode");
const nodesOf = getter(Node.prototype, "childNodes");
const typeOf = getter(Node.prototype, "nodeType");
const inDocument = getter(Node.prototype, "isConnected");
const documentOf = getter(Node.prototype, "ownerDocument");
const tagOf = getter(Element.prototype, "localName");
const shadowOf = getter(Element.prototype, "shadowRoot");
const slotOf = getter(Element.prototype, "assignedSlot");
const scrollLeftOf = getter(Element.prototype, "scrollLeft");
const scrollTopOf = getter(Element.prototype, "scrollTop");
const bodyOf = getter(Document.prototype, "body");
const rootElementOf = getter(Document.prototype, "documentElement");
const viewOf = getter(Document.prototype, "defaultView");
const pageTitleOf = getter(Document.prototype, "title");
const attribute = (element, name) => Element.prototype.getAttribute.call(element, name) ?? "";
const has = (element, name) => Element.prototype.hasAttribute.call(element, name);
const is = (element, selector) => Element.prototype.matches.call(element, selector);
const rootOf = (node) => Node.prototype.getRootNode.call(node);
const [ELEMENT, DOCUMENT, FRAGMENT] = [1, 9, 11];
const isElement = (node) => typeOf(node) === ELEMENT;
const windowOf = (node) => viewOf(typeOf(node) === DOCUMENT ? node : documentOf(node)) || window;

const ownerOf = (root) => ({ [ELEMENT]: Element, [DOCUMENT]: Document, [FRAGMENT]: DocumentFragment })[typeOf(root)];
const query = (root, selector) => [...ownerOf(root).prototype.querySelectorAll.call(root, selector)];
const byId = (root, id) => (isElement(root) ? null : ownerOf(root).prototype.getElementById.call(root, id));

const squeeze = (text) => String(text).replace(/[\s\u00a0\u200b]+/g, " ").trim();

/** The elements that an attribute of ids names, looked up in the element's own tree. */
const referenced = (element, name) => {
  const ids = attribute(element, name);
  if (!ids) return [];
  const root = rootOf(element);
  return ids.split(/\s+/).map((id) => id && byId(root, id)).filter(Boolean);
};

/** A question about an element that is worked out once in a run, during which the page stands still. */
const memo = (make) => {
  const known = new Map();
  return (element) => {
    if (!known.has(element)) known.set(element, make(element));
    return known.get(element);
  };
};
