/** Sells without end into the database named on the command line, and tells of each sale once it is on disk. */
import { writeSync } from 'node:fs'
import { lastNumber } from './counters.ts'
import { receiptWith, rowOf, sell, storageAt } from './storage.fake.ts'

const { storage } = storageAt(process.argv[2])
for (;;) {
  const id = `sale-${lastNumber(storage.read, 'receipt') + 1}`
  const sold = sell(storage.write, receiptWith(id, { rows: [rowOf('Kaffe', 3200)] }), Date.now())
  writeSync(1, `${sold.number}\n`)
}
