/** Under way. */
export const RecordPage = () => <main id="content" className="page" tabIndex={-1} />;
