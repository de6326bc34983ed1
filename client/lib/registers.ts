/** The registers that have pages of their own, in the order of the chain; `path` is that of the API too. */
export const REGISTERS = [
  { type: 'investment', path: 'investments', one: 'investment', many: 'investments' },
  { type: 'initiative', path: 'initiatives', one: 'initiative', many: 'initiatives' },
  { type: 'capability', path: 'capabilities', one: 'capability', many: 'capabilities' },
  { type: 'outcome', path: 'outcomes', one: 'outcome', many: 'outcomes' },
  { type: 'benefit', path: 'benefits', one: 'benefit', many: 'benefits' },
  { type: 'link', path: 'links', one: 'link', many: 'links' },
] as const;
export type Register = (typeof REGISTERS)[number];
export type RegisterType = Register['type'];

export const registerOf = (type: string): Register | undefined => REGISTERS.find((register) => register.type === type);

export const isRegistered = (type: string): type is RegisterType => registerOf(type) !== undefined;

/** The page of one record; a code may hold any sign but a colon. */
export const recordPath = (type: RegisterType, code: string): string =>
  `/${registerOf(type)!.path}/${encodeURIComponent(code)}`;
