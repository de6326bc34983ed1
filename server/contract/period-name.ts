/** A fiscal quarter as people read it: `2026 Q3`, `FY2026 Q3` where the fiscal year is not the calendar's. */
export const periodName = (period: string, startMonth: number): string =>
  `${startMonth === 1 ? '' : 'FY'}${period.replace('-', ' ')}`;
