/** @typedef {import("./now.js").Now} Now */

export class Share {
  /**
   * @param {import("./data.js").Data} data
   * @param {import("./state.js").Store} store
   * @param {import("./drawing.js").Drawing} drawing   */
  constructor(data, store, drawing) {
    this.data = data;
    this.store = store;
    this.drawing = drawing;
  }

  /** @param {Now} now */
  show(now) {
    this.now = now;
  }
}
