/** @typedef {import("./now.js").Now} Now */

export class Legend {
  /**
   * @param {import("./data.js").Data} data
   * @param {import("./state.js").Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;

  }

  /** @param {Now} now */
  show(now) {
    this.now = now;
  }
}
