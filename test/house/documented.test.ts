import { join, relative } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../support/tools.ts";

/*
 * Everything that the doors of the library export says what it is: functions, classes and tables with an example, every method,
 * every property of every type. Asked of the compiler, about the sources, those that are written included.
 */

const SOURCE = join(ROOT, "packages/procnet/src");
const DOORS = ["index", "tables", "parse", "query", "view", "live"];

/** What lacks a comment or an example, by door. */
interface Lacking {
  readonly names: number;
  readonly comments: readonly string[];
  readonly examples: readonly string[];
}

function commentOf(node: ts.Node): string {
  return ts
    .getJSDocCommentsAndTags(node)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
    .join("")
    .trim();
}

const hasExample = (node: ts.Node): boolean =>
  ts.getJSDocTags(node).some((tag) => tag.tagName.text === "example" && /```ts\n/.test(tag.getText()));

/** The name whose example serves for this one too: "like {@link parseTcp}". */
const like = (node: ts.Node): string | undefined => /\blike \{@link (\w+)\}/i.exec(commentOf(node))?.[1];

/** Whether a member is for users. */
function isPublic(member: ts.Node): boolean {
  if (!ts.canHaveModifiers(member)) return true;
  const hidden = ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) ?? false;
  return !hidden && !ts.getJSDocTags(member).some((tag) => tag.tagName.text === "internal");
}

/** The members that a declaration spells out; what a property of its own type holds is said with the property. */
function membersOf(declaration: ts.Node): ts.NamedDeclaration[] {
  if (
    ts.isInterfaceDeclaration(declaration) ||
    ts.isClassDeclaration(declaration) ||
    ts.isTypeLiteralNode(declaration)
  ) {
    const members: readonly ts.NamedDeclaration[] = [...declaration.members];
    return members.filter((one) => isPublic(one) && one.name !== undefined && !isTag(one));
  }
  if (ts.isTypeAliasDeclaration(declaration)) return membersOf(declaration.type);
  if (ts.isParenthesizedTypeNode(declaration)) return membersOf(declaration.type);
  const parts = ts.isUnionTypeNode(declaration) || ts.isIntersectionTypeNode(declaration) ? declaration.types : [];
  return parts.flatMap(membersOf);
}

/** Whether it is the word by which one type of a union is told from the others: `kind: "pipe"`. */
function isTag(member: ts.NamedDeclaration): boolean {
  return ts.isPropertySignature(member) && member.type !== undefined && ts.isLiteralTypeNode(member.type);
}

/** Of several declarations of one name, as overloads are, the first says it. */
function firstOfName(members: readonly ts.NamedDeclaration[]): ts.NamedDeclaration[] {
  const seen = new Set<string>();
  return members.filter((member) => {
    const key = `${member.parent.pos} ${member.name?.getText()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function lackingOf(checker: ts.TypeChecker, door: ts.SourceFile): Lacking {
  const comments: string[] = [];
  const examples: [string, string | undefined][] = [];
  const shown = new Set<string>();
  const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(door)!);
  for (const symbol of symbols) {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const declarations = target.declarations ?? [];
    const place = (node: ts.Node): string => relative(SOURCE, node.getSourceFile().fileName);
    if (declarations.length === 0) throw new Error(`${symbol.name} is declared nowhere`);
    const where = place(declarations[0]!);
    if (!declarations.some((one) => commentOf(one) !== "")) comments.push(`${where}: ${symbol.name}`);
    const isTable =
      (target.flags & ts.SymbolFlags.Variable) !== 0 &&
      checker.getTypeOfSymbol(target).getProperty("needs") !== undefined;
    const runs = (target.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class)) !== 0;
    if (declarations.some(hasExample)) shown.add(symbol.name);
    else if (runs || isTable) examples.push([`${where}: ${symbol.name}`, declarations.map(like).find(Boolean)]);
    for (const member of firstOfName(declarations.flatMap(membersOf))) {
      if (commentOf(member) === "") comments.push(`${place(member)}: ${symbol.name}.${member.name?.getText()}`);
    }
  }
  const without = examples.filter(([, other]) => other === undefined || !shown.has(other));
  return { names: symbols.length, comments, examples: without.map(([name]) => name) };
}

describe("every name is documented in", () => {
  const lacking = new Map<string, Lacking>();
  beforeAll(() => {
    const files = DOORS.map((door) => join(SOURCE, `${door}.ts`));
    const config = ts.getParsedCommandLineOfConfigFile(
      join(ROOT, "packages/procnet/tsconfig.json"),
      {},
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: (problem) => {
          throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, "\n"));
        },
      },
    );
    const program = ts.createProgram(files, config!.options);
    const checker = program.getTypeChecker();
    for (const door of DOORS) {
      lacking.set(door, lackingOf(checker, program.getSourceFile(join(SOURCE, `${door}.ts`))!));
    }
  });

  it.each(DOORS)("%s.ts", (door) => {
    const { names, comments, examples } = lacking.get(door)!;
    expect(names).toBeGreaterThan(5);
    expect(comments).toEqual([]);
    expect(examples).toEqual([]);
  });
});
