import type { ArticleView, CategoryView } from '../contract/views.ts'

const goods: readonly (readonly [string, string, string, readonly (readonly [string, number | null])[]])[] = [
  [
    'kaffe',
    'Kaffe & te',
    '#92400e',
    [
      ['Bryggkaffe', 3200],
      ['Cappuccino', 4600],
      ['Caffè latte', 4800],
      ['Dubbel espresso', 3600],
      ['Varm choklad med grädde', 4500],
      ['Te, Earl Grey', 3000],
      ['Chai latte', 4900],
    ],
  ],
  [
    'fika',
    'Fika',
    '#c2410c',
    [
      ['Kanelbulle', 3400],
      ['Kardemummabulle', 3400],
      ['Chokladboll', 2800],
      ['Semla', 4500],
      ['Prinsesstårta, bit', 5200],
      ['Crème brûlée', 5500],
    ],
  ],
  [
    'mat',
    'Mat',
    '#15803d',
    [
      ['Korv med bröd', 3500],
      ['Tunnbrödsrulle med räksallad', 7500],
      ['Smörgås, ost & skinka', 5900],
      ['Räksmörgås', 11900],
      ['Dagens soppa med bröd', 9500],
    ],
  ],
  [
    'dryck',
    'Dryck',
    '#0369a1',
    [
      ['Kolsyrat vatten, citron 50 cl', 2200],
      ['Cola 33 cl', 1800],
      ['Apelsinjuice 25 cl', 2900],
      ['Äppelmust 33 cl', 3400],
    ],
  ],
  [
    'frukt',
    'Frukt & grönt',
    '#4d7c0f',
    [
      ['Bananer, kg', 2490],
      ['Äpplen Ingrid Marie, kg', 3290],
      ['Påse körsbärstomater', 2490],
    ],
  ],
  [
    'ovrigt',
    'Övrigt',
    '#6b21a8',
    [
      ['Tygkasse', 4900],
      ['Diverse 25 %', null],
      ['Presentkort', null],
      ['Batterier AA, 4 st', 5990],
    ],
  ],
]

export const fakeCategories: readonly CategoryView[] = goods.map(([id, name, colour]) => ({
  id,
  name,
  colour,
}))

/** A café's shelf: names of every length, kilograms, and articles without a price. */
export const fakeArticles: readonly ArticleView[] = goods.flatMap(([categoryId, , , articles]) =>
  articles.map(([name, priceMinor], index) => {
    const isWeighed = name.endsWith(', kg')
    return {
      id: `${categoryId}-${index}`,
      name: name.replace(', kg', ''),
      code: null,
      plu: String(fakePlu(categoryId, index)),
      priceMinor,
      vatBasisPoints: categoryId === 'ovrigt' ? 2500 : categoryId === 'dryck' ? 600 : 1200,
      unit: isWeighed ? 'kg' : 'pcs',
      unitDecimals: isWeighed ? 3 : 0,
      categoryId,
      favourite: index < 4,
      active: true,
    }
  }),
)

function fakePlu(categoryId: string, index: number): number {
  return (goods.findIndex(([id]) => id === categoryId) + 1) * 10 + index
}
