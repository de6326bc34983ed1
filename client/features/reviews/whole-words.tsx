import { Fragment } from 'react';

/** Codes, days and shares, of which none is parted at the end of a line, and what stands behind the name in an address. */
const WHOLE = /(\b[A-Z\d]{1,12}(?:-[A-Z\d]{1,12}){1,3}\b|\d[\d.,]{0,9} %|@[^\s@]{1,80})/;

/** Words of a narrow column: codes, days and shares stay whole; an address goes on behind its @ or before a dot. */
export const WholeWords = ({ text }: { text: string }) =>
  text.split(WHOLE).map((part, at) => (
    <Fragment key={at}>
      {part.startsWith('@') ? (
        part.split(/(?<=@)|(?=\.)/).map((each, place) => (
          <Fragment key={place}>
            {each}
            <wbr />
          </Fragment>
        ))
      ) : at % 2 === 1 ? (
        <span className="nowrap">{part}</span>
      ) : (
        part
      )}
    </Fragment>
  ));

/** Whether words stand in the place of a number: `No dual running from the month after`. */
export const isSaid = (text: string): boolean => /\p{L}{2,}\s+\p{L}/u.test(text);
