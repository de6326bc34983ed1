import type { SurveyAction } from '../../../server/contract/survey.js';

const STATUS: Record<SurveyAction['status'], string> = {
  open: 'Agreed, not begun',
  doing: 'Under way',
  done: 'Done',
  refused: 'Not done',
};
export const statusOfAction = (status: SurveyAction['status']): string => STATUS[status];
export const ACTION_CHOICES = Object.entries(STATUS).map(([value, label]) => ({
  value: value as SurveyAction['status'],
  label,
}));
