import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { focusStop, type FocusStop } from './focus.js';

/** Presses Tab until the focus is where it shall be; at each stop it must be seen. */
export const tabTo = async (page: Page, isThere: (at: FocusStop) => boolean, key = 'Tab'): Promise<FocusStop> => {
  const passed: string[] = [];
  for (let presses = 0; presses < 300; presses += 1) {
    await page.keyboard.press(key);
    const at = await focusStop(page);
    if (at.tag !== 'BODY') {
      expect({ ...at, isMarked: true, isUncovered: true }).toEqual(at);
      if (isThere(at)) return at;
    }
    passed.push(at.text.slice(0, 20) || at.tag);
  }
  throw new Error(`Not reached by ${key}: passed ${passed.join(' | ')}`);
};
