import type { AnswerSurvey } from '../../../server/contract/survey.js';

/** What somebody has filled in so far: kept in their browser, under a key that their link alone has. */
export type Draft = Partial<AnswerSurvey>;

const keyOf = (draftKey: string): string => `throughline.survey.${draftKey}`;

export const readDraft = (draftKey: string): Draft => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(draftKey)) ?? '{}');
    return typeof stored === 'object' && stored !== null ? stored : {};
  } catch {
    return {};
  }
};

export const writeDraft = (draftKey: string, draft: Draft): void => {
  try {
    localStorage.setItem(keyOf(draftKey), JSON.stringify(draft));
  } catch {
    // Storage is switched off: the page itself still holds what was filled in.
  }
};

export const forgetDraft = (draftKey: string): void => {
  try {
    localStorage.removeItem(keyOf(draftKey));
  } catch {
    // Nothing was kept.
  }
};
