import { useEffect, useState, useSyncExternalStore } from 'react';

/**
 * Keys of the product. Whoever is on the screen registers theirs with `useShortcuts`; the help lists what is registered now.
 * A key is written as the browser names it (`e`, `[`, `?`, `Escape`), a sequence of two with a space (`g o`), and `Mod+k` is Ctrl or ⌘.
 */

export interface Shortcut {
  /** What it does, for the help: `Edit this record`. */
  label: string;
  run: () => void;
}
/** A key that does nothing at the moment may be undefined. */
export type Shortcuts = Readonly<Record<string, Shortcut | undefined>>;

/** Of the same key, the innermost place wins: a panel before the page, the page before the frame. */
export const PLACES = ['frame', 'page', 'panel'] as const;
export type Place = (typeof PLACES)[number];

interface Registered {
  /** Counts up: among those of one place the last that came wins. */
  id: number;
  place: Place;
  group: string;
  shortcuts: Shortcuts;
}

export interface ListedGroup {
  group: string;
  keys: { key: string; label: string }[];
}

const registered = new Map<number, Registered>();
let lastId = 0;

/**
 * Registers keys for as long as the component is on the screen.
 * @param group heading in the help: `This page`
 */
export function useShortcuts(shortcuts: Shortcuts, group = 'This page', place: Place = 'page'): void {
  const [id] = useState(() => (lastId += 1));
  // After each rendering, so that what runs is never out of date.
  useEffect(() => {
    listen();
    registered.set(id, { id, place, group, shortcuts });
    return () => void registered.delete(id);
  });
}

const byStrength = (a: Registered, b: Registered): number =>
  PLACES.indexOf(b.place) - PLACES.indexOf(a.place) || b.id - a.id;

/** What a key does now. */
const shortcutFor = (key: string): Shortcut | undefined =>
  [...registered.values()].sort(byStrength).find(({ shortcuts }) => shortcuts[key] !== undefined)?.shortcuts[key];

/** All keys that do something now, by group; the frame's first. */
export function listShortcuts(): ListedGroup[] {
  const groups = new Map<string, ListedGroup>();
  for (const { group, shortcuts } of [...registered.values()].sort(byStrength).reverse()) {
    const listed = groups.get(group) ?? { group, keys: [] };
    groups.set(group, listed);
    for (const [key, shortcut] of Object.entries(shortcuts))
      if (shortcut !== undefined && shortcut === shortcutFor(key)) listed.keys.push({ key, label: shortcut.label });
  }
  return [...groups.values()].filter(({ keys }) => keys.length > 0);
}

const SEQUENCE_MS = 1500;

/** Puts presses together: `g`, then `o` within 1.5 s, is `g o`; any other second key ends the sequence and does nothing. */
export class KeySequence {
  #first: string | null = null;
  #until = 0;

  constructor(private readonly begins: (key: string) => boolean) {}

  /** @returns the key or sequence to act on; null while a sequence is open or where nothing came of it */
  press(key: string, now: number): string | null {
    const first = now <= this.#until ? this.#first : null;
    this.#first = null;
    if (first !== null) return `${first} ${key}`;
    if (!this.begins(key)) return key;
    this.#first = key;
    this.#until = now + SEQUENCE_MS;
    return null;
  }

  reset(): void {
    this.#first = null;
  }
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'getModifierState'>;

/** The press as keys are written here; null where another modifier makes it somebody else's. */
export function keyOf(event: Press): string | null {
  const { key } = event;
  if (key === 'Escape') return key;
  // On many keyboards `[` and `]` are typed with AltGr, which counts as Ctrl and Alt.
  const isTyped = event.getModifierState('AltGraph') && key.length === 1;
  if (event.altKey && !isTyped) return null;
  if ((event.ctrlKey || event.metaKey) && !isTyped) return `Mod+${key.toLowerCase()}`;
  // The one sign that is the same with Shift held.
  return key === ' ' && event.shiftKey ? 'Shift+ ' : key;
}

/** Keys that WCAG 2.1.4 is about: one sign without a modifier, and sequences of them. */
export const isSingleKey = (key: string): boolean => /^\S( \S)?$/u.test(key);

const sequence = new KeySequence((key) =>
  [...registered.values()].some(({ shortcuts }) =>
    Object.keys(shortcuts).some((known) => known.startsWith(`${key} `) && shortcuts[known] !== undefined),
  ),
);

let isListening = false;
function listen(): void {
  if (isListening) return;
  isListening = true;
  document.addEventListener('keydown', pressKey);
}

/** Does what a press means here. A widget that keeps presses to itself hands on those that are not its own. */
export function pressKey(event: KeyboardEvent): void {
  const pressed = keyOf(event);
  if (pressed === null || ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(event.key)) return;
  const isSingle = isSingleKey(pressed);
  if (event.defaultPrevented || event.repeat || isOverlayOpen() || emptiesField(event)) return sequence.reset();
  if (!isAlways(pressed) && isTyping(event.target)) return sequence.reset();
  if (isPressing(pressed) && isPressed(event.target)) return sequence.reset();
  if (isSingle && !singleKeys) return sequence.reset();
  const key = isSingle ? sequence.press(pressed, event.timeStamp) : pressed;
  const shortcut = key === null ? undefined : shortcutFor(key);
  if (!shortcut) return;
  event.preventDefault();
  shortcut.run();
}

/** The browser empties a search field by Esc; only in an empty one is the key free. */
const emptiesField = ({ key, target }: KeyboardEvent): boolean =>
  key === 'Escape' && target instanceof HTMLInputElement && target.type === 'search' && target.value !== '';

/** Also while one writes. */
const isAlways = (key: string): boolean => key === 'Escape' || key.startsWith('Mod+');

/** Where signs are text, or move in a list by its first letters. */
const TYPED_IN =
  'input:not([type="button"], [type="submit"], [type="reset"], [type="checkbox"], [type="radio"], [type="range"], [type="file"]),' +
  'textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="combobox"], [role="listbox"], [role="menu"]';
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(TYPED_IN) !== null;

/** Keys by which a control is pressed, or a region scrolled. */
const isPressing = (key: string): boolean => ['Enter', ' ', 'Shift+ '].includes(key);
const isPressed = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('a, button, summary, input, [tabindex="0"]') !== null;

/** Keys belong to the innermost thing that is open: a dialog or a menu. */
export const isOverlayOpen = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;

const STORED = 'throughline.single-keys';
const listeners = new Set<() => void>();
let singleKeys = stored();

function stored(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

/** Switches the keys without a modifier on or off on this device; Ctrl or ⌘ K and Esc stay. */
export function setSingleKeys(isOn: boolean): void {
  singleKeys = isOn;
  try {
    if (isOn) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, 'off');
  } catch {
    // Storage is switched off: the choice holds until the page is left.
  }
  for (const listener of listeners) listener();
}

export const useSingleKeys = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => singleKeys,
  );
