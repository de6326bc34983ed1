import type { AnswerSurvey } from '../../../server/contract/survey.js';

/**
 * What somebody has filled in so far, under a key that their link alone has. It lives as long as the tab: whoever sits down at the same machine
 * afterwards must not find it.
 */
export type Draft = Partial<Omit<AnswerSurvey, 'draftKey'>>;

const PREFIX = 'throughline.survey.';
const OPEN = `${PREFIX}open`;
const keyOf = (draftKey: string): string => `${PREFIX}draft.${draftKey}`;

/** Storage may be switched off: the page itself still holds what was filled in. */
const attempt = <Value>(run: () => Value, otherwise: Value): Value => {
  try {
    return run();
  } catch {
    return otherwise;
  }
};

/** Drafts of an earlier version outlived the tab. */
export const forgetOldDrafts = (): void =>
  attempt(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }, undefined);

/** The key of the survey that this tab has open; null where it opened none. */
export const openedHere = (): string | null => attempt(() => sessionStorage.getItem(OPEN), null);

export const rememberOpened = (draftKey: string): void =>
  attempt(() => sessionStorage.setItem(OPEN, draftKey), undefined);

export const readDraft = (draftKey: string): Draft =>
  attempt(() => {
    const stored: unknown = JSON.parse(sessionStorage.getItem(keyOf(draftKey)) ?? '{}');
    return typeof stored === 'object' && stored !== null ? stored : {};
  }, {});

export const writeDraft = (draftKey: string, draft: Draft): void =>
  attempt(() => sessionStorage.setItem(keyOf(draftKey), JSON.stringify(draft)), undefined);

/** The tab opens another link: what it had open before keeps its draft, for when its own link is opened again. */
export const forgetOpened = (): void => attempt(() => sessionStorage.removeItem(OPEN), undefined);

/** Of the survey that this tab has open: it was answered, or is over. */
export const forgetDraft = (): void =>
  attempt(() => {
    const draftKey = openedHere();
    if (draftKey !== null) sessionStorage.removeItem(keyOf(draftKey));
    forgetOpened();
  }, undefined);
