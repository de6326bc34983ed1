import { useSyncExternalStore } from 'react';

/** What a person likes on this device: theme and density. Not part of the address, which is shared with others. */

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
/** Rows of 36, 28 and 44 pixels. */
export const DENSITIES = ['normal', 'compact', 'large'] as const;
export type Density = (typeof DENSITIES)[number];

const KEYS = { theme: 'throughline.theme', density: 'throughline.density' } as const;
const listeners = new Set<() => void>();

function choose(name: keyof typeof KEYS, value: string, standard: string): void {
  const root = document.documentElement;
  if (value === standard) delete root.dataset[name];
  else root.dataset[name] = value;
  try {
    if (value === standard) localStorage.removeItem(KEYS[name]);
    else localStorage.setItem(KEYS[name], value);
  } catch {
    // Storage is switched off: the choice holds until the page is left.
  }
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const setTheme = (theme: Theme): void => choose('theme', theme, 'system');
export const setDensity = (density: Density): void => choose('density', density, 'normal');

export const useTheme = (): Theme =>
  useSyncExternalStore(subscribe, () => (document.documentElement.dataset['theme'] as Theme | undefined) ?? 'system');
export const useDensity = (): Density =>
  useSyncExternalStore(
    subscribe,
    () => (document.documentElement.dataset['density'] as Density | undefined) ?? 'normal',
  );
