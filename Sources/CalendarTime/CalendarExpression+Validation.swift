extension CalendarExpression.Fields {
    /// The fields in systemd's normal form.
    func normalized() -> Self {
        var fields = self
        fields.countsFromMonthEnd = countsFromMonthEnd && !days.isStar
        fields.years = years.withWholeYears().normalized()
        fields.months = months.normalized()
        fields.days = days.normalized()
        fields.hours = hours.normalized()
        fields.minutes = minutes.normalized()
        fields.microseconds = microseconds.normalized()
        if fields.microseconds.parts.contains(where: CalendarField.everySecond.parts.contains) {
            fields.microseconds = .everySecond
        }
        return fields
    }

    /// Refuses what systemd refuses: values out of range, and repetitions that never repeat.
    func validate() throws(CalendarExpression.ParseError) {
        try years.validate(.year, 1970...2199)
        try months.validate(.month, 1...12)
        try validateDays()
        try hours.validate(.hour, 0...23)
        try minutes.validate(.minute, 0...59)
        try microseconds.validate(.second, 0...59_999_999)
    }

    /// Counted from its end a month has 28 days for sure, and systemd takes three off that for each
    /// further member of a list; a calendar that is good here must be good there.
    private func validateDays() throws(CalendarExpression.ParseError) {
        guard countsFromMonthEnd else { return try days.validate(.day, 1...31) }
        for (place, part) in days.parts.enumerated() {
            let latest = max(1, 28 - 3 * place)
            let value = max(part.start, part.stop ?? 0)
            if latest < value, value <= 28 {
                throw .tooFarFromMonthEnd(value, place: place + 1, latest: latest)
            }
            try CalendarField(parts: [part]).validate(.dayFromEnd, 1...(place == 0 ? 28 : latest))
        }
    }
}

extension CalendarField {
    fileprivate func validate(
        _ name: CalendarExpression.FieldName, _ limits: ClosedRange<Int>
    ) throws(CalendarExpression.ParseError) {
        for part in parts {
            for value in [part.start, part.stop ?? part.start] where !limits.contains(value) {
                throw .outOfRange(name, name.text(of: value))
            }
            if let stop = part.stop, stop < part.start {
                throw .reversedRange(name, name.text(of: part.start), name.text(of: stop))
            }
            guard part.step <= part.room(name, limits) else {
                throw .neverRepeats(
                    name, start: name.text(of: part.start), step: name.text(of: part.step))
            }
        }
    }
}

extension CalendarField.Part {
    /// How far the part may step from its start.
    fileprivate func room(
        _ name: CalendarExpression.FieldName, _ limits: ClosedRange<Int>
    ) -> Int {
        if let stop { return stop - start }
        if step == 0 { return 0 }
        return name == .dayFromEnd ? start - limits.lowerBound : limits.upperBound - start
    }
}
