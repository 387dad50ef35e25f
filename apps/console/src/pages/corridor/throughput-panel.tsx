/** Throughput: records a second now, and the last five minutes as a small chart. */
import { BarChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, type EChartsType, init, use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { CorridorDocument } from '../../api/documents.ts'
import { Panel } from '../../show/panel.tsx'
import { localTime } from '../../show/when.tsx'
import { ink } from '../../theme/theme.ts'
import { useWords } from '../../words/words.tsx'

register([BarChart, GridComponent, TooltipComponent, SVGRenderer])

/** The panel; the chart repeats what the sentence for screen readers says. */
export function ThroughputPanel({ rates }: { rates: CorridorDocument['rates'] }) {
  const { t, count } = useWords()
  const total = rates.series.reduce((sum, point) => sum + point.records, 0)
  const minutes = Math.round((rates.series.length * rates.bucketSeconds) / 60)
  return (
    <Panel title={t('corridor.throughput')} aside={t('corridor.last-minutes', { n: minutes })}>
      <p className="rate">
        <b className="num">{count(rates.recordsPerSecond)}</b>
        <span className="quiet">{t('corridor.per-second')}</span>
        <span className="unseen">{t('corridor.in-window', { n: total, minutes })}</span>
      </p>
      <Sparkline series={rates.series} perBucket={rates.bucketSeconds} unit={t('corridor.per-second')} />
    </Panel>
  )
}

type SparklineProps = { series: CorridorDocument['rates']['series']; perBucket: number; unit: string }

function Sparkline({ series, perBucket, unit }: SparklineProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | undefined>(undefined)
  useEffect(() => {
    if (box.current === null) return
    const made = init(box.current, null, { renderer: 'svg' })
    chart.current = made
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(box.current)
    return () => {
      observer.disconnect()
      made.dispose()
    }
  }, [])
  useEffect(() => chart.current?.setOption(option(series, perBucket, unit)), [series, perBucket, unit])
  return <div ref={box} className="rate-chart" aria-hidden="true" />
}

function option(series: SparklineProps['series'], perBucket: number, unit: string): EChartsCoreOption {
  return {
    animation: false,
    grid: { left: 0, right: 0, top: 8, bottom: 2 },
    xAxis: {
      type: 'category',
      data: series.map((point) => localTime(point.time).slice(11)),
      axisTick: { show: false },
      axisLabel: { show: false },
      axisLine: { lineStyle: { color: ink.line } },
    },
    yAxis: { type: 'value', show: false, min: 0 },
    tooltip: { trigger: 'axis', confine: true, valueFormatter: (value: number) => `${value} ${unit}` },
    series: [
      {
        type: 'bar',
        data: series.map((point) => Math.round((point.records / perBucket) * 10) / 10),
        itemStyle: { color: ink.teal, borderRadius: [2, 2, 0, 0] },
        barCategoryGap: '25%',
      },
    ],
  }
}
