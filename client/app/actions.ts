import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { SessionInfo } from '../../server/contract/access.js';
import { may } from '../features/access/api';
import { reviewsQuery } from '../features/reviews/api';
import type { PageSearch } from '../lib/address';
import { enterFullScreen } from '../lib/full-screen';
import { periodLabel, shiftPeriod } from '../lib/period';
import { REGISTERS } from '../lib/registers';
import { keepScope } from './places';
import { setTheme } from './preferences';

/** What can be done from everywhere: in the palette by its name, and most of it by a key. */
export interface Action {
  id: string;
  label: string;
  key?: string;
  run: () => void;
}

export interface ActionContext {
  session: SessionInfo;
  period: string;
  openPeriod: string;
  currentPeriod: string;
  fiscalYearStartMonth: number;
  isPresenting: boolean;
  openHelp: () => void;
  copyLink: () => void;
}

export function useActions(context: ActionContext): Action[] {
  const { session, period, openPeriod, currentPeriod, fiscalYearStartMonth, isPresenting } = context;
  const navigate = useNavigate();
  const client = useQueryClient();
  const change = (search: Partial<PageSearch>) =>
    void navigate({ to: '.', search: (current: PageSearch) => ({ ...current, ...search }), resetScroll: false });
  const goToPeriod = (id: string, label: string, target: string, key?: string): Action => ({
    id,
    label: `${label}, ${periodLabel(target, fiscalYearStartMonth)}`,
    ...(key === undefined ? {} : { key }),
    run: () => change({ period: target }),
  });
  /** The dialogue that freezes the draft of the period; without one, the list, where it is started. */
  const openDraft = async () => {
    const { items } = await client.fetchQuery(reviewsQuery);
    const draft = items.find((review) => review.state === 'draft' && review.period === period);
    await navigate(
      draft === undefined
        ? { to: '/reviews', search: keepScope }
        : {
            to: '/reviews/$id',
            params: { id: draft.code },
            search: (current) => ({ ...keepScope(current), freeze: '1' }),
          },
    );
  };
  return [
    goToPeriod('previous-period', 'Previous period', shiftPeriod(period, -1), '['),
    // A quarter that lies ahead is opened by its address only, as in the picker.
    ...(period < currentPeriod ? [goToPeriod('next-period', 'Next period', shiftPeriod(period, 1), ']')] : []),
    ...(period === openPeriod ? [] : [goToPeriod('open-period', 'Last period that is over', openPeriod)]),
    {
      id: 'present',
      label: isPresenting ? 'Leave present mode' : 'Present this page',
      key: 'p',
      run: () => {
        if (!isPresenting) void enterFullScreen();
        change({ present: isPresenting ? undefined : '1' });
      },
    },
    ...REGISTERS.filter(({ type }) => session.writes.includes(type)).map(({ type, path, one }) => ({
      id: `new-${type}`,
      label: `New ${one}`,
      run: () => void navigate({ to: `/${path}/new`, search: keepScope }),
    })),
    ...(may(session, 'reviews')
      ? [
          {
            id: 'freeze-review',
            label: `Freeze review, ${periodLabel(period, fiscalYearStartMonth)}`,
            run: () => void openDraft(),
          },
        ]
      : []),
    { id: 'copy-link', label: 'Copy link to this page', run: context.copyLink },
    { id: 'theme-light', label: 'Light theme', run: () => setTheme('light') },
    { id: 'theme-dark', label: 'Dark theme', run: () => setTheme('dark') },
    { id: 'theme-system', label: 'Theme as the system', run: () => setTheme('system') },
    { id: 'help', label: 'Help: keys, codes and signs', key: '?', run: context.openHelp },
  ];
}
