import { Link } from '@tanstack/react-router';
import type { SignTest } from '../../../server/contract/sign.js';
import { keepScope } from '../../lib/address';
import { missingOf } from './words';

/** What is missing for the tests that cannot be told, each a link to where it is entered. */
export function MissingRecords({ tests }: { tests: readonly SignTest[] }) {
  const missing = tests.filter(({ state, nullReason }) => state === 'unknown' && nullReason !== 'not_in_scope');
  const elsewhere = tests.some(({ nullReason }) => nullReason === 'not_in_scope');
  const found = [...new Map(missing.map((test) => [missingOf(test).words, missingOf(test)])).values()];
  return (
    <>
      {found.length > 0 && (
        <p className="sign-missing">
          Missing:{' '}
          {found.map(({ words, to }, index) => (
            <span key={words}>
              {index > 0 && '; '}
              <Link to={to} search={keepScope}>
                {words}
              </Link>
            </span>
          ))}
          .
        </p>
      )}
      {elsewhere && (
        <p className="sign-missing">What is known for the whole enterprise only cannot be told in a part of it.</p>
      )}
    </>
  );
}
