import type { Example } from '../contract/example.js';

/** The enterprise of the story; every name and number of it is made up. */
export const ENTERPRISE_NAME = 'Meridian Mutual';

/** The end of every address of the story's people, those without a sign-in too; nobody's own address can have it. */
export const PEOPLE_AT = '@meridian.example';

/** The last month of the story's last quarter, as the tables have it; they are shifted from there to the calendar of the reader. */
export const STORY_LAST_MONTH = '2026-09';

/** The currency into which the story's exchange rates lead. */
export const STORY_CURRENCY = 'EUR';

/** Known to everybody: whoever can reach the sign-in page reads it there. */
export const EXAMPLE_PASSWORD = 'meridian-example';

type SignIn = Omit<Example['signIns'][number], 'password'>;

/** The people of the example, one a role. `email` stands in the tables too, as owner of what the person answers for. */
export const SIGN_INS: readonly SignIn[] = [
  {
    role: 'cio',
    name: 'Olivia Marsh',
    email: 'olivia.marsh@meridian.example',
    purpose: 'Sees what was invested, what it became and where it is lost.',
  },
  {
    role: 'portfolio_manager',
    name: 'Tom Keller',
    email: 'tom.keller@meridian.example',
    purpose: 'Keeps the records of the portfolio Claims and service.',
  },
  {
    role: 'finance',
    name: 'Amira Haddad',
    email: 'amira.haddad@meridian.example',
    purpose: 'Confirms what was realised.',
  },
  {
    role: 'stakeholder',
    name: 'Lars Svensson',
    email: 'lars.svensson@meridian.example',
    purpose: 'Reads the outcomes and benefits of Claims.',
  },
  {
    role: 'admin',
    name: 'Inês Duarte',
    email: 'ines.duarte@meridian.example',
    purpose: 'Manages settings and imports, and removes the example.',
  },
];

/** The unit for which the stakeholder stands. */
export const STAKEHOLDER_UNIT = 'EX-BU-CLAIMS';
