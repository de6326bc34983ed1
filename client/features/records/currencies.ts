/** The currencies that the browser knows, by code, with their names. */
const NAMES = new Intl.DisplayNames(['en'], { type: 'currency' });

export const CURRENCIES: readonly { value: string; label: string }[] = Intl.supportedValuesOf('currency').map(
  (code) => ({
    value: code,
    label: `${code} ${NAMES.of(code) ?? ''}`.trim(),
  }),
);
