import { Comment, Converter, ReflectionKind } from "typedoc";

/**
 * The methods of `Net` are made of the list of tables, and have no comment of their own: each is told to be the reading of its
 * table, which has one.
 */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const classes = project.getReflectionsByKind(ReflectionKind.Class);
    for (const method of classes.find(({ name }) => name === "Net")?.children ?? []) {
      const declared = [...(method.signatures ?? []), ...(method.type?.declaration?.signatures ?? [])];
      for (const one of [method, ...declared]) {
        one.comment ??= new Comment([{ kind: "text", text: `Reads \`${method.name}\` of \`procnet/tables\`.` }]);
      }
    }
  });
}
