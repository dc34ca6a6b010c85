import ts from "typescript";

/** The longest text that is kept: seeds are small, so that many inputs are tried. */
const LONGEST = 20_000;

/** What names stand for where an expression is read. */
type Names = ReadonlyMap<string, ts.Expression | string>;

/**
 * The texts that a program of TypeScript spells out: literals, templates, sums, and what constants, small functions and
 * methods of strings make of them; header and text of an object are one text. So the texts of tests are found wherever they
 * stand in them, and nothing of the tests is run.
 */
export function literalTexts(source: string): string[] {
  const file = ts.createSourceFile("test.ts", source, ts.ScriptTarget.ES2022, true);
  const names = new Map<string, ts.Expression>();
  const collect = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      names.set(node.name.text, node.initializer);
    }
    ts.forEachChild(node, collect);
  };
  collect(file);
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const text = ts.isObjectLiteralExpression(node)
      ? headerAndText(node, names)
      : ts.isExpression(node)
        ? textValue(node, names, 0)
        : undefined;
    if (text !== undefined && text.length <= LONGEST) found.add(text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found];
}

function headerAndText(node: ts.ObjectLiteralExpression, names: Names): string | undefined {
  const property = (wanted: string): string | undefined => {
    const found = node.properties.find((each) => each.name?.getText() === wanted);
    if (found === undefined) return undefined;
    if (ts.isShorthandPropertyAssignment(found)) return textValue(found.name, names, 0);
    return ts.isPropertyAssignment(found) ? textValue(found.initializer, names, 0) : undefined;
  };
  const [header, text] = [property("header"), property("text")];
  return header === undefined || text === undefined ? undefined : header + text;
}

/** The text that an expression is; `undefined` when it is not known without running it. */
function textValue(node: ts.Expression, names: Names, depth: number): string | undefined {
  if (depth > 20) return undefined;
  const value = (part: ts.Expression): string | undefined => textValue(part, names, depth + 1);
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return value(node.expression);
  if (ts.isIdentifier(node)) {
    const named = names.get(node.text);
    return named === undefined || typeof named === "string" ? named : value(named);
  }
  if (ts.isTemplateExpression(node)) {
    const parts = node.templateSpans.map(({ expression, literal }) => {
      const part = value(expression);
      return part === undefined ? undefined : part + literal.text;
    });
    return parts.includes(undefined) ? undefined : node.head.text + parts.join("");
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [value(node.left), value(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const given = node.arguments.map(value);
  return ts.isPropertyAccessExpression(node.expression)
    ? ofMethod(node.expression, given, value)
    : ofFunction(node.expression, given, names, depth);
}

/** The text of a method of strings, or of `join`. */
function ofMethod(
  { name, expression }: ts.PropertyAccessExpression,
  given: readonly (string | undefined)[],
  value: (part: ts.Expression) => string | undefined,
): string | undefined {
  const [first = "", second] = given;
  if (name.text === "join" && ts.isArrayLiteralExpression(expression)) {
    const parts = expression.elements.map(value);
    return parts.includes(undefined) ? undefined : parts.join(first);
  }
  const text = value(expression);
  if (text === undefined || given.includes(undefined)) return undefined;
  if (name.text === "repeat") return text.length * Number(first) <= LONGEST ? text.repeat(Number(first)) : undefined;
  if (name.text === "padEnd") return text.padEnd(Number(first), second);
  if (name.text === "padStart") return text.padStart(Number(first), second);
  if (name.text === "trimEnd") return text.trimEnd();
  if (name.text === "replace") return second === undefined ? undefined : text.replace(first, second);
  return name.text === "replaceAll" && second !== undefined ? text.replaceAll(first, second) : undefined;
}

/** The text of a function that is one expression, called with texts. */
function ofFunction(
  callee: ts.Expression,
  given: readonly (string | undefined)[],
  names: Names,
  depth: number,
): string | undefined {
  const made = ts.isIdentifier(callee) ? names.get(callee.text) : undefined;
  if (made === undefined || typeof made === "string" || !ts.isArrowFunction(made)) return undefined;
  if (ts.isBlock(made.body)) return undefined;
  const inner = new Map(names);
  for (const [at, parameter] of made.parameters.entries()) {
    const text = given[at];
    if (text !== undefined) inner.set(parameter.name.getText(), text);
    else if (parameter.initializer !== undefined) inner.set(parameter.name.getText(), parameter.initializer);
    else return undefined;
  }
  return textValue(made.body, inner, depth + 1);
}
