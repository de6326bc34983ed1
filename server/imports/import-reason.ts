/**
 * SQL for the reason of a change that an import makes, or its revert: `import plan.csv: Billed late`, of more than three files the first one and how
 * many more.
 *
 * @param id SQL for the id of the import
 * @param given SQL for what was said of it by whoever imports or reverts; null of nothing
 * @param what ` reverted` of a revert
 */
export const importReason = (
  id: string,
  given: string,
  what = '',
): string => `(select 'import ' || case when cardinality(i.file_names) > 3
    then i.file_names[1] || ' and ' || cardinality(i.file_names) - 1 || ' more files' else array_to_string(i.file_names, ', ') end
    || '${what}' || coalesce(': ' || ${given}, '')
  from imports i where i.id = ${id})`;
