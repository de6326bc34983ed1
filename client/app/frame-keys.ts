import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import type { SessionInfo } from '../../server/contract/access.js';
import { isTyping, useShortcuts, type Shortcuts } from '../lib/shortcuts';
import type { Action } from './actions';
import { keepScope, placesOf } from './places';

interface FrameKeys {
  session: SessionInfo;
  actions: readonly Action[];
  openPalette: () => void;
}

/** The keys that work on every page. */
export function useFrameKeys({ session, actions, openPalette }: FrameKeys): void {
  const navigate = useNavigate();
  const router = useRouter();
  const { pathname } = useLocation();
  const above = placeAbove(pathname);
  useShortcuts(
    Object.fromEntries(
      placesOf(session).map(({ to, label, key }) => [
        `g ${key}`,
        { label, run: () => void navigate({ to, search: keepScope }) },
      ]),
    ),
    'Go to',
    'frame',
  );
  const byKey: Shortcuts = Object.fromEntries(
    actions.filter(({ key }) => key !== undefined).map(({ key, label, run }) => [key, { label, run }]),
  );
  useShortcuts(
    {
      'Mod+k': { label: 'Search and commands', run: openPalette },
      '/': { label: 'Filter of the page', run: focusFilter },
      t: { label: 'Drawing or table', run: toggleTwin },
      Escape:
        above === null
          ? undefined
          : {
              label: 'Back one level',
              run: () => {
                // What is being written must not be lost by a key that closes things.
                if (isTyping(document.activeElement)) return;
                if (above === 'back') router.history.back();
                else void navigate({ to: above, search: keepScope });
              },
            },
      ...byKey,
    },
    'Everywhere',
    'frame',
  );
}

/** A record is under its register; the records of a number under the page that they were opened from. A form is left by its own buttons. */
export function placeAbove(pathname: string): string | null {
  const steps = pathname.split('/').filter(Boolean);
  if (pathname === '/records' || (steps[0] === 'metrics' && steps[2] === 'records')) return 'back';
  if (steps.length < 2 || steps.at(-1) === 'new' || steps.at(-1) === 'edit') return null;
  return `/${steps[0]}`;
}

/** What narrows the page: its own filter, else scope and period. */
function focusFilter(): void {
  document
    .querySelector<HTMLElement>('main [data-page-filter], main input[type="search"]')
    ?.focus({ preventScroll: false });
  if (!document.activeElement?.matches('main [data-page-filter], main input[type="search"]'))
    document.querySelector<HTMLElement>('#filters select')?.focus();
}

/** The figure that has the focus, else the first one, shows its table or hides it. */
function toggleTwin(): void {
  const figure =
    document.activeElement?.closest('figure[data-chart]') ?? document.querySelector('main figure[data-chart]');
  const summary = figure?.querySelector<HTMLElement>('details.twin > summary');
  summary?.click();
  summary?.focus();
}
