import { z } from 'zod';

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/**
 * What zod would say in its own words, said so that it tells a person what to do. A schema's own sentence goes before these.
 * Set once for the process, on either side of the wire.
 */
z.config({
  customError: (issue) => {
    switch (issue.code) {
      case 'invalid_type':
        return issue.input === undefined
          ? 'This is missing. State it.'
          : `Write ${KINDS[issue.expected] ?? issue.expected} here.`;
      case 'too_big':
        return issue.origin === 'string' || issue.origin === 'array'
          ? `At most ${issue.maximum} ${issue.origin === 'string' ? 'characters' : 'entries'}.`
          : `Must be at most ${issue.maximum}.`;
      case 'too_small':
        return issue.origin === 'string' || issue.origin === 'array'
          ? `At least ${issue.minimum} ${issue.origin === 'string' ? 'characters' : 'entries'}.`
          : `Must be at least ${issue.minimum}.`;
      case 'invalid_value':
        return `Write one of: ${issue.values.map(String).join(', ')}.`;
      case 'invalid_format':
        return issue.format === 'uuid' ? 'Write the id as a UUID.' : 'It does not have the right form.';
      case 'invalid_union':
        return 'None of the allowed forms fits.';
      default:
        return undefined;
    }
  },
});
