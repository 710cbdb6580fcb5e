// The last values of one number, one per picture.

export const samplesMax = 300;

export class History {
  #values = new Float32Array(samplesMax);
  #next = 0;
  length = 0;

  push(value, times = 1) {
    for (let i = Math.min(times, samplesMax); i > 0; i--) {
      this.#values[this.#next] = value;
      this.#next = (this.#next + 1) % samplesMax;
      this.length = Math.min(this.length + 1, samplesMax);
    }
  }

  /** The value so many pictures ago; 0 is the newest. */
  ago(steps) {
    return this.#values[(this.#next - 1 - steps + samplesMax * 2) % samplesMax];
  }

  /** The mean of the last few: what is shown as a number, so that it can be read. */
  recent(steps) {
    const taken = Math.min(steps, this.length);
    let sum = 0;
    for (let i = 0; i < taken; i++) {
      sum += this.ago(i);
    }

    return taken === 0 ? 0 : sum / taken;
  }
}
