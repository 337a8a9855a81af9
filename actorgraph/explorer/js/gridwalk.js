// A table that is walked with the arrow keys: one of its cells and headings at a time is in the order of the Tab key.

/** @typedef {[row: string, column: string]} Spot keys of a row and a column, empty for a heading */

const LINES_ON_A_PAGE = 10; // lines that the keys Page Up and Page Down pass

export class GridWalk {
  /**
   * @param {HTMLTableElement} table one row of headings, then rows that begin with theirs
   * @param {HTMLElement} region in which it is scrolled
   * @param {() => {down: string[], across: string[]}} keys of its rows and columns
   * @param {(cell: HTMLElement) => void} open what Enter does in a cell
   */
  constructor(table, region, keys, open) {
    this.table = table;
    this.region = region;
    this.keys = keys;
    this.open = open;
    /** @type {Spot} where the keyboard is */
    this.place = ["", ""];
    /** @type {HTMLElement | null} where the Tab key comes in */
    this.tabbed = null;
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("focusin", ({ target }) => this.rove(/** @type {HTMLElement} */ (target)));
  }

  /**
   * Come back to the same place in a table that was made anew.
   * @param {boolean} focused whether the keyboard was in it
   */
  again(focused) {
    const stop = this.stopAt(this.place) ?? this.table.querySelector("tbody td") ?? this.table.querySelector("button");
    if (!stop) return;
    this.rove(stop);
    if (focused) /** @type {HTMLElement} */ (stop).focus({ preventScroll: true });
  }

  /**
   * Bring a cell out from under the headings, without moving the page.
   * @param {Element} cell
   */
  reveal(cell) {
    const [seen, corner, box] = [this.region, this.table.rows[0].cells[0], cell].map((one) => one.getBoundingClientRect());
    const isIn = (/** @type {string} */ part) => cell.closest(part)?.contains(cell) && cell.tagName === "TH";
    if (!isIn("tbody") && (box.left < corner.right || box.right > seen.right)) this.region.scrollLeft += box.left - corner.right - 80;
    if (!isIn("thead") && (box.top < corner.bottom || box.bottom > seen.bottom)) this.region.scrollTop += box.top - corner.bottom - Math.min(60, Math.max(0, seen.bottom - corner.bottom - box.height - 15));
  }

  /**
   * The element that takes the keyboard at a place: a cell, or the button of a heading.
   * @param {Spot} place
   * @returns {HTMLElement | null}
   */
  stopAt([row, column]) {
    const { down, across } = this.keys();
    if (!row && !column) return null;
    const line = row ? down.indexOf(row) + 1 : 0;
    const at = column ? across.indexOf(column) + 1 : 0;
    return (!row || line) && (!column || at) ? this.stop(line, at) : null;
  }

  /**
   * @param {number} line
   * @param {number} column
   */
  stop(line, column) {
    const cell = this.table.rows[line]?.cells[column];
    return cell?.querySelector("button") ?? cell ?? null;
  }

  /**
   * Let this one be where the Tab key comes in.
   * @param {Element} target
   */
  rove(target) {
    const cell = /** @type {HTMLTableCellElement | null} */ (target.closest("th, td"));
    if (!cell) return;
    const { down, across } = this.keys();
    const stop = /** @type {HTMLElement} */ (cell.querySelector("button") ?? cell);
    const line = /** @type {HTMLTableRowElement} */ (cell.parentElement).rowIndex;
    if (this.tabbed && this.tabbed !== stop) this.tabbed.tabIndex = -1;
    stop.tabIndex = 0;
    this.tabbed = stop;
    this.place = [down[line - 1] ?? "", across[cell.cellIndex - 1] ?? ""];
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const cell = /** @type {HTMLTableCellElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("th, td"));
    if (!cell || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      if (cell.tagName === "TH") return;
      event.preventDefault();
      this.open(cell);
      return;
    }
    const next = this.next(event, /** @type {HTMLTableRowElement} */ (cell.parentElement).rowIndex, cell.cellIndex);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    this.stop(...next)?.focus();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} line
   * @param {number} column
   * @returns {[number, number] | null}
   */
  next({ key, ctrlKey }, line, column) {
    const [last, end] = [this.table.rows.length - 1, this.table.rows[0].cells.length - 1];
    /** @param {number} y @param {number} x @returns {[number, number]} */
    const within = (y, x) => {
      const to = /** @type {[number, number]} */ ([Math.max(0, Math.min(y, last)), Math.max(0, Math.min(x, end))]);
      return to[0] || to[1] ? to : [line, column]; // nothing stands in the corner
    };
    switch (key) {
      case "ArrowUp": return within(line - 1, column);
      case "ArrowDown": return within(line + 1, column);
      case "ArrowLeft": return within(line, column - 1);
      case "ArrowRight": return within(line, column + 1);
      case "Home": return ctrlKey ? [1, 1] : within(line, line ? 0 : 1);
      case "End": return ctrlKey ? [last, end] : within(line, end);
      case "PageUp": return within(Math.max(1, line - LINES_ON_A_PAGE), column);
      case "PageDown": return within(line + LINES_ON_A_PAGE, column);
      default: return null;
    }
  }
}
