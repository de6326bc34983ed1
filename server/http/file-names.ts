/** The name that a form gave its file: browsers send UTF-8 in a header that is read as Latin-1. Without control characters, bounded. */
export const fileNameOf = (name: string): string => {
  const text = Buffer.from(name, 'latin1').toString('utf8');
  const readable = text.includes('\ufffd') ? name : text;
  return (
    readable
      .normalize('NFC')
      .replace(/\p{Cc}/gu, '')
      .slice(0, 255) || 'file'
  );
};

/** What browsers read wrongly, or an old one takes for the end of the name, is left out of the plain name. */
const plainName = (name: string): string => name.normalize('NFKD').replace(/[^\x20-\x7e]|["%\\;/]/g, '_');

/** `Content-Disposition` of a file that is saved and never shown: a plain name for old browsers and the whole name (RFC 6266, RFC 5987). */
export const attachmentHeader = (name: string): string => {
  const extended = encodeURIComponent(name.replace(/\p{Surrogate}/gu, '_')).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plainName(name)}"; filename*=UTF-8''${extended}`;
};
