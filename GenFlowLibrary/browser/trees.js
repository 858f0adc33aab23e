// The page as one tree: open shadow roots and the frames that may be looked into belong to it. Part of every script: uses dom.js.
const FRAMES = "iframe, frame";
const isFrame = (element) => tagOf(element) === "iframe" || tagOf(element) === "frame";
const framedByInline = getter(HTMLIFrameElement.prototype, "contentDocument");
const framedBySet = getter(HTMLFrameElement.prototype, "contentDocument");

/** The document in a frame, null when it is of another origin. */
const framedBy = (frame) => (tagOf(frame) === "iframe" ? framedByInline : framedBySet)(frame);

/** The frame around a document, null for the document that the script runs in. */
const frameAround = (doc) => {
  if (doc === document) return null;
  const view = viewOf(doc);
  return view && view.frameElement;
};

/** The element that holds a whole tree: the host of a shadow root, the frame of a document. */
const holderOf = (root) => {
  const type = typeOf(root);
  return (type === FRAGMENT ? root.host : type === DOCUMENT ? frameAround(root) : null) || null;
};

/** The tree in an element, if it holds one. */
const heldBy = (element) => shadowOf(element) || (isFrame(element) ? framedBy(element) : null);

/** Whether a node is still in the page: in its document, and that document still in its frame. */
const connected = (node) => {
  for (let at = node; at; ) {
    if (!inDocument(at)) return false;
    const doc = documentOf(at);
    if (doc === document) return true;
    at = frameAround(doc);
  }
  return false;
};

/** What stands for a node in another tree around it: itself, or what holds it there; null when it is not in that tree. */
const standingIn = (root, node) => {
  let at = node;
  while (at && rootOf(at) !== root) at = holderOf(rootOf(at));
  return at;
};

const contains = (outer, inner) => {
  const there = standingIn(rootOf(outer), inner);
  return Boolean(there) && Node.prototype.contains.call(outer, there);
};

const isBefore = (first, second) =>
  Boolean(Node.prototype.compareDocumentPosition.call(first, second) & 4); // DOCUMENT_POSITION_FOLLOWING

/** Whether a node comes before another one in the page, whichever trees they are in. What holds a tree comes before what is in it. */
const precedes = (first, second) => {
  for (let at = first; at; at = holderOf(rootOf(at))) {
    const there = standingIn(rootOf(at), second);
    if (there) return there === at ? at === first && there !== second : isBefore(at, there);
  }
  return false;
};

/** The parent as it is drawn: through slots, out of shadow roots and frames. Null for the root of the page. */
const drawnParent = (node) => {
  const parent = (isElement(node) && slotOf(node)) || parentOf(node);
  return parent && !isElement(parent) ? holderOf(parent) : parent;
};

const ancestorsOf = (element) => {
  const found = [];
  for (let node = drawnParent(element); node; node = drawnParent(node)) found.push(node);
  return found;
};

/** The elements of a tree that hold trees of their own. Every element must be asked once, as no selector finds them. */
const holdersIn = new Map();
const holdersOf = (root) => {
  if (!holdersIn.has(root)) holdersIn.set(root, query(root, "*").filter(heldBy));
  return holdersIn.get(root);
};

/** All elements under a root that fit a selector, in document order, open shadow roots and frames included. */
const everything = (root, selector) => {
  const found = [];
  const visit = (scope) => {
    const fitting = query(scope, selector);
    const within = holdersOf(rootOf(scope)).filter((holder) => scope === rootOf(scope) || (holder !== scope && contains(scope, holder)));
    let next = 0;
    for (const holder of within) {
      while (next < fitting.length && (fitting[next] === holder || isBefore(fitting[next], holder))) found.push(fitting[next++]);
      visit(heldBy(holder));
    }
    while (next < fitting.length) found.push(fitting[next++]);
  };
  if (isElement(root) && heldBy(root)) visit(heldBy(root));
  visit(root);
  return found;
};

/** A root and the trees in it. */
const treesIn = (root) => {
  const inner = holdersOf(rootOf(root)).filter((holder) => holder === root || contains(root, holder) || root === rootOf(root)).map(heldBy);
  return [root, ...inner.flatMap(treesIn)];
};

const rectOf = (element) => Element.prototype.getBoundingClientRect.call(element);
const offsets = new Map();
const offsetOf = (doc) => {
  if (!offsets.has(doc)) {
    const frame = frameAround(doc);
    const [box, style] = frame ? [boxOf(frame), windowOf(frame).getComputedStyle(frame)] : [{ left: 0, top: 0 }, {}];
    offsets.set(doc, {
      x: box.left + (frame ? frame.clientLeft + (parseFloat(style.paddingLeft) || 0) : 0),
      y: box.top + (frame ? frame.clientTop + (parseFloat(style.paddingTop) || 0) : 0),
    });
  }
  return offsets.get(doc);
};

/** A box of something in a document, measured from the corner of the window that the script runs in. */
const placed = (box, doc) => {
  if (doc === document) return box;
  const { x, y } = offsetOf(doc);
  return {
    left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y, width: box.width, height: box.height,
  };
};
const boxOf = (element) => placed(rectOf(element), documentOf(element));

const frameTitle = (frame) =>
  squeeze(attribute(frame, "title")) || squeeze(attribute(frame, "aria-label")) || attribute(frame, "name") ||
  squeeze((framedBy(frame) && pageTitleOf(framedBy(frame))) || "") || attribute(frame, "id") || "frame";

/** Which frame an element is in, as a path for people: empty in the document that the script runs in. */
const framePath = (element) => {
  const path = [];
  for (let frame = frameAround(documentOf(element)); frame; frame = frameAround(documentOf(frame))) path.unshift(frameTitle(frame));
  return path.join(" / ");
};

// What the scripts remember between two calls: the elements behind the numbers, and a token for this very document. A frame's own window
// remembers them too, for real keys and clicks come from a script that runs in there.
const registryOf = (view) => {
  const key = Symbol.for("genflow");
  const root = rootElementOf(view.document);
  if (!view[key] || view[key].root !== root) {
    const token = Math.random().toString(36).slice(2) + Date.now().toString(36);
    Object.defineProperty(view, key, {
      value: { token, root, snapshots: new Map() },
      configurable: true,
      enumerable: false,
    });
  }
  return view[key];
};
const registry = registryOf(window);

const KEPT = 4; // snapshots remembered in the page; older numbers are refused
const remember = (id, snapshot, elements) => {
  for (const view of new Set([window, ...elements.map(windowOf)])) {
    const { snapshots } = registryOf(view);
    snapshots.set(id, snapshot);
    while (snapshots.size > KEPT) snapshots.delete(snapshots.keys().next().value);
  }
  registry.latest = id;
};
