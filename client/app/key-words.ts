const NAMES: Record<string, string> = {
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ' ': 'Space',
  'Shift+ ': 'Shift Space',
};

/** A key as it stands on the keyboard: `Mod+k` → `Ctrl K` or `⌘ K`, `g o` → `g o`. */
export function keyWords(key: string, isApple: boolean = onApple()): string {
  if (key.startsWith('Mod+')) return `${isApple ? '⌘' : 'Ctrl'} ${key.slice(4).toUpperCase()}`;
  return NAMES[key] ?? key;
}

const onApple = (): boolean => typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);
