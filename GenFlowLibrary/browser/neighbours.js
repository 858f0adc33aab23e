// The text beside or above a control, for pages without labels. Part of the scripts that see: uses labels.js and those it uses.
const LEFT_REACH = 260; // CSS pixels: a label column of a table layout
const ABOVE_REACH = 44; // two lines of text
const TOUCH = 5; // rounding and borders

/** Makes `neighbour(field)` for the fields of one scope. Texts are gathered at the first call only. */
const neighbourFinder = (scope, fields, holders) => {
  const dropZones = fields.map(([first]) => zoneOf(first)).filter(Boolean);
  // A native control that the page draws over is where its label is.
  const drawnFor = (control) => (is(control, "input[type=radio i]") && !visible(control) && labelsOf(control).find(visible)) || control;
  const boxes = fields.map((field) => field.map((control) => zoneOf(control) || drawnFor(control)).filter(visible).map((control) => boxOf(control)));
  let runs = null;

  const runAt = (node) => {
    let element = parentOf(node);
    if (!element || !isElement(element) || is(element, NOT_LABEL)) return null;
    if (ancestorsOf(element).concat(element).some((e) => is(e, `a, button, fieldset > legend, h1, h2, h3, h4, h5, h6, [role=button], [role=heading], [role=alert], option, [contenteditable], ${WIDGETS}`))) return null;
    if (dropZones.some((zone) => contains(zone, element))) return null;
    while (styleOf(element).display === "inline" && !holders.has(drawnParent(element))) element = drawnParent(element);
    const range = Document.prototype.createRange.call(documentOf(node));
    if (holders.has(element)) range.selectNode(node);
    else range.selectNodeContents(element);
    const box = placed(range.getBoundingClientRect(), documentOf(node));
    const text = holders.has(element) ? squeeze(node.data) : textOf(element);
    const owner = ancestorsOf(node).find((e) => tagOf(e) === "label");
    return { text, box, owner: owner ? owner.control : null, element: holders.has(element) ? node : element };
  };

  const gather = () => {
    const seen = new Set();
    const found = [];
    for (const root of treesIn(scope)) {
      const walker = Document.prototype.createTreeWalker.call(document, root, 4); // NodeFilter.SHOW_TEXT
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!/[\p{L}\p{N}]/u.test(node.data) || !visible(drawnParent(node))) continue;
        const run = runAt(node);
        if (!run || seen.has(run.element) || run.text.length > 100 || !run.box.width) continue;
        seen.add(run.element);
        found.push(run);
      }
    }
    return found;
  };

  const overlap = (a, b, low, high) => Math.min(a[high], b[high]) - Math.max(a[low], b[low]);
  // Where lines run from right to left, left and right change places: what follows measures the mirror image.
  const mirrored = ({ left, right, top, bottom, width, height }) => ({ left: -right, right: -left, top, bottom, width, height });
  const turns = new Map(fields.map((field, index) => [boxes[index], styleOf(field[0]).direction === "rtl" ? mirrored : (box) => box]));

  const distance = ({ box: plainBox }, own, sideways) => {
    if (!own.length) return Infinity;
    const turn = turns.get(own);
    const run = { box: turn(plainBox) };
    const box = turn(own[0]);
    const last = turn(own[own.length - 1]);
    const between = (test) => boxes.some((list) => list !== own && list.some((other) => test(turn(other))));
    const sameLine = overlap(run.box, box, "top", "bottom") > Math.min(run.box.height, box.height) / 2;
    if (sideways && sameLine && run.box.left >= last.right - TOUCH) {
      const gap = run.box.left - last.right;
      const blocked = between((b) => overlap(b, box, "top", "bottom") > 4 && b.left >= last.right && b.right <= run.box.left + TOUCH);
      return gap <= 60 && !blocked ? gap - 60 : Infinity;
    }
    if (sameLine && run.box.right <= box.left + TOUCH) {
      const gap = box.left - run.box.right;
      const blocked = between((b) => overlap(b, box, "top", "bottom") > 4 && b.left >= run.box.right - TOUCH && b.right <= box.left + TOUCH);
      return gap <= LEFT_REACH && !blocked ? gap : Infinity;
    }
    if (!sideways && run.box.left >= box.left - TOUCH && run.box.right <= box.right + TOUCH && run.box.top >= box.top - TOUCH && run.box.bottom <= box.bottom + TOUCH) return 0;
    const gap = box.top - run.box.bottom;
    if (gap < -TOUCH || gap > ABOVE_REACH || overlap(run.box, box, "left", "right") <= 0) return Infinity;
    if (run.box.left > box.left + box.width / 2 && run.box.left > box.left + 60) return Infinity;
    const blocked = between((b) => overlap(b, box, "left", "right") > 4 && b.top >= run.box.bottom - TOUCH && b.bottom <= box.top + TOUCH);
    return blocked ? Infinity : Math.max(0, gap) + Math.abs(run.box.left - box.left) / 10;
  };

  /**
   * In a table the cell before is the label, or else the head of the column; where a row has fields in several columns, the head of the
   * column first, unless the row has a head too. A check box may have words of its own, so only a bare one is called after its column.
   */
  const fromTable = (control) => {
    const cell = ancestorsOf(control).find((e) => is(e, "td, th"));
    if (!cell || (holders.get(cell) || 0) > 1) return "";
    const row = ancestorsOf(cell).find((e) => tagOf(e) === "tr");
    const cells = Array.from((row && row.cells) || []);
    const table = ancestorsOf(cell).find((e) => tagOf(e) === "table");
    const over = table && table.rows[0] !== row ? table.rows[0].cells[cell.cellIndex] : null;
    const head = over && tagOf(over) === "th" && !holders.has(over) ? textOf(over) : "";
    if (kindOf(control) === "checkbox") return textOf(cell) || labelsOf(control).length ? "" : head;
    const before = cells[cells.indexOf(cell) - 1];
    const told = before && !holders.has(before) ? textOf(before) : "";
    const columns = head && (holders.get(row) || 0) > 1 && !(before && tagOf(before) === "th");
    return columns ? head : told || head;
  };

  const nearest = (field, own, free) => {
    const sideways = kindOf(field[0]) === "checkbox";
    let [best, least] = [null, Infinity];
    for (const run of free) {
      const far = distance(run, own, sideways);
      if (far < least) [best, least] = [run, far];
    }
    return best;
  };

  /** Texts that are spoken for: options of radio buttons, and what stands beside a check box. */
  const claim = () => {
    runs = gather();
    const unlabelled = fields.filter((field) => !labelsOf(field[0]).length);
    for (const field of unlabelled.filter(([first]) => kindOf(first) === "radio")) {
      const options = field.map(optionLabel);
      for (const run of runs) if (options.includes(run.text)) run.owner = field[0];
    }
    for (const field of unlabelled.filter(([first]) => kindOf(first) === "checkbox")) {
      const run = nearest(field, boxes[fields.indexOf(field)], runs.filter(({ owner }) => !owner));
      if (run) run.owner = field[0];
    }
  };

  return (field) => {
    const own = boxes[fields.indexOf(field)] || [];
    const kind = kindOf(field[0]);
    const tabled = field.length === 1 ? fromTable(field[0]) : "";
    if (tabled || !own.length) return tabled;
    if (!runs) claim();
    const free = runs.filter(({ owner }) => !owner || (kind !== "radio" && field.includes(owner)));
    const best = nearest(field, own, free);
    return best ? best.text : "";
  };
};
