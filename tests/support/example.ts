import { EXAMPLE_PASSWORD, SIGN_INS } from '../../server/example/story.js';

/** Who of the example stands for whom of the tests; the administrator stays the tests' own. */
const STANDS_FOR: Readonly<Record<string, (typeof SIGN_INS)[number]['role']>> = {
  cio: 'cio',
  'pm-dig': 'portfolio_manager',
  finance: 'finance',
  'stakeholder-bu1': 'stakeholder',
};

/** With what a person of the tests signs in where the example is loaded. */
export const exampleCredentials = (person: string): { email: string; password: string } => {
  const found = SIGN_INS.find(({ role }) => role === STANDS_FOR[person]);
  if (!found) throw new Error(`Nobody of the example stands for ${person}.`);
  return { email: found.email, password: EXAMPLE_PASSWORD };
};
