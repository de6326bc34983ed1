/**
 * SQL for the reason of a change that an import makes: `import plan.csv`, of more than three files the first one and how many more.
 *
 * @param id SQL for the id of the import
 */
export const importReason = (id: string): string => `(select 'import ' || case when cardinality(i.file_names) > 3
    then i.file_names[1] || ' and ' || cardinality(i.file_names) - 1 || ' more files' else array_to_string(i.file_names, ', ') end
  from imports i where i.id = ${id})`;
