import { Fragment } from 'react';

/** The part of an address that names the person, which breaks after its dots; all of it where it is pointed at, and for those who listen. */
export function OwnerName({ address }: { address: string }) {
  const at = address.indexOf('@');
  if (at <= 0) return <>{address}</>;
  return (
    <span title={address}>
      {address
        .slice(0, at)
        .split(/(?<=[._-])/)
        .map((part, index) => (
          <Fragment key={index}>
            {index > 0 && <wbr />}
            {part}
          </Fragment>
        ))}
      <span className="visually-hidden">{address.slice(at)}</span>
    </span>
  );
}

/** A whole address, which breaks before its domain where it must. */
export function EmailText({ address }: { address: string }) {
  const at = address.indexOf('@');
  return (
    <span className="email">
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </span>
  );
}
