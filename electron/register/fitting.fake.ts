/** Inputs that fit a request, made from its schema. */
import fc from 'fast-check'

/** As much of a JSON schema as the contract uses. */
export interface Shape {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
}

/** Values that fit a shape; `known` are ids that the till really has. */
export function fitting(shape: Shape, known: () => readonly string[]): fc.Arbitrary<unknown> {
  if (shape.const !== undefined) return fc.constant(shape.const)
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum)
  if (shape.anyOf !== undefined) return fc.oneof(...shape.anyOf.map((each) => fitting(each, known)))
  switch (shape.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(shape.properties ?? {}).map(([name, each]) => [name, fitting(each, known)]),
        ),
        { requiredKeys: [...(shape.required ?? [])] },
      )
    case 'array':
      return fc.array(fitting(shape.items ?? {}, known), {
        minLength: shape.minItems ?? 0,
        maxLength: Math.min(shape.maxItems ?? 4, 4),
      })
    case 'string':
      return textOf(shape, known)
    case 'integer':
    case 'number':
      return numberOf(shape)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return fc.constant(undefined)
  }
}

function textOf({ minLength = 0, maxLength = 20, pattern }: Shape, known: () => readonly string[]) {
  if (pattern === '^\\d{4,12}$') return fc.constantFrom('1234', '1111', '9876543')
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  const most = Math.min(maxLength, 30)
  const plain = fc.string({ minLength, maxLength: most, unit: 'grapheme' })
  return fc.oneof({ weight: 3, arbitrary: fc.nat().map((n) => known()[n % known().length] ?? 'x') }, plain)
}

function numberOf({ minimum = -1e6, maximum = 1e6 }: Shape) {
  const around = fc.integer({ min: Math.max(minimum, -10_000), max: Math.min(maximum, 10_000) })
  return fc.oneof({ weight: 4, arbitrary: around }, fc.constantFrom(minimum, maximum))
}
