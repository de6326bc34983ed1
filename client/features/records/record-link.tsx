import { Link } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { registerOf, type RegisterType } from '../../lib/registers';

interface RecordLinkProps extends Pick<ComponentProps<'a'>, 'aria-label' | 'className'> {
  type: RegisterType;
  /** Its code, or the id of a link. */
  code: string;
  hash?: string;
  children: ReactNode;
}

/** A link to the page of a record, whatever signs its code holds. */
export function RecordLink({ type, code, hash, children, ...rest }: RecordLinkProps) {
  return (
    <Link
      to={`/${registerOf(type)!.path}/$ref`}
      params={{ ref: code }}
      {...(hash === undefined ? {} : { hash })}
      {...rest}
    >
      {children}
    </Link>
  );
}
