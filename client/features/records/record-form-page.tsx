/** Under way. */
export const RecordFormPage = () => <main id="content" className="page" tabIndex={-1} />;
