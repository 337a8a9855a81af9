// What a finger on a scale of days is after: one that taps or goes sideways moves the day, one that goes up or down scrolls.

/** From how many pixels on a finger goes sideways. */
const SIDEWAYS = 6;

export class Finger {
  constructor() {
    /** @type {{x: number, y: number} | null} where one came down that has not shown yet what it is after */
    this.from = null;
  }

  get isUndecided() {
    return this.from !== null;
  }

  /** @param {PointerEvent} event */
  down({ pointerType, clientX, clientY }) {
    this.from = pointerType === "touch" ? { x: clientX, y: clientY } : null;
  }

  /** @param {PointerEvent} event */
  move({ clientX, clientY }) {
    if (!this.from) return;
    const [across, along] = [Math.abs(clientX - this.from.x), Math.abs(clientY - this.from.y)];
    if (across >= SIDEWAYS && across >= along) this.from = null;
  }

  /** Return whether it went nowhere: a tap. */
  lift() {
    const { isUndecided } = this;
    this.from = null;
    return isUndecided;
  }
}
