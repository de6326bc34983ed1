import type { Locator, Page } from 'playwright-core';

/**
 * Seconds of a person, after the keystroke-level model (Card, Moran and Newell, "The keystroke-level model for user performance time with
 * interactive systems", Communications of the ACM 23(7), 1980): a thought before each action, the hand from keyboard to mouse and back,
 * pointing and pressing, and a key of somebody who does not type for a living, 40 words a minute. What the model leaves out is a new user who
 * reads: each action has a second thought for that.
 */
const THINK = 2 * 1.35;
const HAND = 0.4;
const POINT = 1.1;
const PRESS = 0.2;
const KEY = 0.28;

/** What a person does, one after the other: a click, a key or chord, a paste, or a text typed without a pause is one each. */
export class Actions {
  readonly done: string[] = [];
  private seconds = 0;
  private isAtMouse = false;
  constructor(private readonly page: Page) {}

  /** What a person needs for all of this, where the product answers at once. */
  get milliseconds(): number {
    return this.seconds * 1000;
  }

  async clicks(what: string, target: Locator): Promise<void> {
    this.note(`click ${what}`, POINT + PRESS, true);
    await target.click();
  }

  /** @param chord as the browser names it, `Control+s` */
  async presses(chord: string): Promise<void> {
    this.note(chord, KEY * chord.split('+').length, false);
    await this.page.keyboard.press(chord);
  }

  async types(what: string, text: string): Promise<void> {
    this.note(`type ${what}`, KEY * text.length, false);
    await this.page.keyboard.type(text);
  }

  private note(what: string, seconds: number, isAtMouse: boolean): void {
    this.done.push(what);
    this.seconds += THINK + seconds + (isAtMouse === this.isAtMouse ? 0 : HAND);
    this.isAtMouse = isAtMouse;
  }
}
