// Script: a table's visible rows as a grid of cells. Argument: the table's element, or one that holds exactly one table.
// Spans are laid out as HTML does (WHATWG HTML 4.9.12, forming a table): a cell stands in every slot it covers.
const [holder] = arguments;
const TABLES = "table, [role=table], [role=grid], [role=treegrid]";
const outermost = (list) => list.filter((e) => !list.some((other) => other !== e && contains(other, e)));
const candidates = is(holder, TABLES) ? [holder] : outermost(everything(holder, TABLES).filter(visible));
if (candidates.length !== 1) return { tables: candidates.length };
const [table] = candidates;

const native = tagOf(table) === "table";
const rowsOf = () =>
  native ? Array.from(table.rows) : query(table, "[role=row]").filter((row) => ancestorsOf(row).find((e) => is(e, TABLES)) === table);
const cellsOf = (row) =>
  native ? Array.from(row.cells) : query(row, "[role=cell], [role=gridcell], [role=columnheader], [role=rowheader]")
    .filter((cell) => ancestorsOf(cell).find((e) => is(e, "[role=row]")) === row);
const isHeader = (cell) => tagOf(cell) === "th" || ["columnheader", "rowheader"].includes(attribute(cell, "role"));
const span = (cell, name) => {
  const own = Number(attribute(cell, name) || attribute(cell, `aria-${name}`));
  return Number.isInteger(own) && own > 0 ? Math.min(own, 1000) : own === 0 && name === "rowspan" && has(cell, name) ? Infinity : 1;
};
const partOf = (row) => {
  const part = ancestorsOf(row).find((e) => is(e, "thead, tbody, tfoot, table"));
  return part && tagOf(part) !== "table" ? tagOf(part) : "";
};

/** A cell's text; where it has none, what its one control or picture shows. */
const cellText = (cell) => {
  const text = textOf(cell);
  if (text) return text;
  const controls = query(cell, CONTROLS).filter(fillable);
  if (controls.length !== 1) return "";
  const [control] = controls;
  if (["checkbox", "radio"].includes(kindOf(control))) return control.checked ? "yes" : "no";
  return isEmpty([control]) ? "" : squeeze(valueOf([control]));
};

const carried = []; // by column: {cell, left, part} of a cell that reaches down into rows to come
const shownRows = rowsOf().filter((row) => styleOf(row).display !== "none" && visible(row));
const rows = shownRows.map((row) => {
  const part = partOf(row);
  const slots = [];
  const cells = cellsOf(row).filter((cell) => styleOf(cell).display !== "none");
  const takeCarried = () => {
    while (carried[slots.length] && carried[slots.length].left > 0 && carried[slots.length].part === part) {
      const { cell } = carried[slots.length];
      carried[slots.length].left -= 1;
      slots.push({ ...cell, carried: true });
    }
  };
  for (const cell of cells) {
    takeCarried();
    const seen = { text: cellText(cell), header: isHeader(cell), carried: false, first: true };
    for (let column = 0, wide = span(cell, "colspan"); column < wide; column++) {
      carried[slots.length] = { cell: { ...seen, first: column === 0 }, left: span(cell, "rowspan") - 1, part };
      slots.push({ ...seen, first: column === 0 });
    }
  }
  takeCarried();
  return { part: part === "" && !native && slots.length && slots.every((slot) => slot.header) ? "thead" : part, cells: slots };
});
return { tables: 1, rows };
