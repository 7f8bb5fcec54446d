extension DriveCorpus {
    /// Informes, manuales y presupuestos.
    static let spanish = #"""
        @ 2025-03-13T09:25:00Z sales /Proyectos/Valencia/Presupuesto desaladora.docx
        Presupuesto 2025-0533: bombas de alta presión para la desaladora de Valencia
        A la atención de doña Carmen Ibáñez, Aguas del Turia.
        De acuerdo con su pliego de condiciones ofrecemos seis bombas de alta presión con motor \#
        de clase IE4, bancada común y puesta en marcha.
        # Precios
        |Partida|Descripción|Unidades|Importe en euros
        |1|Bomba HP-120 de acero súper dúplex|6|318.000
        |2|Variadores de frecuencia FC-11|6|54.600
        |3|Montaje y puesta en marcha|1|27.900
        # Condiciones
        Plazo de entrega: veintidós semanas desde el pedido. La garantía es de treinta y seis \#
        meses. El rendimiento garantizado es del 84 por ciento en el punto de trabajo; por cada \#
        décima de menos se descuenta el uno por ciento de la partida 1.
        Las pruebas en banco se hacen en presencia del cliente, con agua salada sintética.

        @ 2025-05-08T11:35:00Z sales /Proyectos/Valencia/Acta de reunión.md
        # Acta de la reunión con Aguas del Turia, 7 de mayo de 2025

        Asistentes: Carmen Ibáñez, Pablo Ferrer (Aguas del Turia), Tom Okafor (Contoso Pumps).

        - Se acepta el acero súper dúplex para todas las partes en contacto con la salmuera.
        - La prueba en banco se adelanta al 18 de septiembre, porque el inspector no está \#
        disponible en octubre.
        - El cliente pide un segundo juego de cierres mecánicos. Contoso envía la oferta antes \#
        del 16 de mayo.
        - Queda pendiente quién paga la grúa de 60 toneladas; ambas partes consultan su contrato.

        Próxima reunión: 4 de junio a las diez, por videoconferencia.

        @ 2025-02-11T13:20:00Z support /Casos/Informe 10702 vibraciones.pdf
        Informe del caso 10702: vibraciones en la bomba IP-80 de la Azucarera del Duero
        La bomba número IP-80-77120 vibra desde la última revisión. El técnico midió el 10 de \#
        febrero una velocidad de vibración de 7,8 milímetros por segundo en el cojinete del lado \#
        del acoplamiento; el límite es de 4,5.
        La alineación presentaba un desvío de 0,35 milímetros en vertical, porque la bancada se \#
        había apretado antes de conectar las tuberías. Tras aflojar los tornillos y alinear con \#
        láser, el valor bajó a 2,1 milímetros por segundo.
        El cojinete ha trabajado unas doscientas horas en malas condiciones. Recomendamos \#
        cambiarlo en la parada de abril, aunque por ahora no hace ruido.
        Se ha entregado al cliente la instrucción de montaje, con el orden de apriete marcado.

        @ 2025-04-03T15:55:00Z operations /Compras/Pedido fundición 0788.eml
        Pedido 2025-0788: retraso en la entrega de carcasas
        Estimados señores:
        el pedido 2025-0788 de ochenta carcasas IP-50 debía llegar el 28 de marzo. Hasta hoy \#
        hemos recibido treinta, y doce de ellas tienen poros en la brida de aspiración.
        Les rogamos que nos indiquen antes del lunes cuándo salen las cincuenta restantes y que \#
        recojan las doce defectuosas. La línea 1 se detiene el día 10 si no llega material.
        Atentamente, Claire Fontaine, Compras

        @ 2025-06-17T10:50:00Z quality /Formación/Manual del inspector.html
        Manual del inspector de recepción
        El inspector comprueba cada entrega antes de que pase al almacén. Si falta el \#
        certificado, la mercancía queda en la zona amarilla y el proveedor recibe aviso el mismo \#
        día.
        De los lotes de hasta cincuenta piezas se miden cinco; de los mayores, ocho. Una pieza \#
        fuera de tolerancia obliga a medir otras diez; dos obligan a rechazar el lote.
        |Medida|Instrumento|Tolerancia
        |Diámetro del asiento|Micrómetro|0,02 mm
        |Planitud de la brida|Regla y galgas|0,10 mm
        |Dureza|Durómetro portátil|15 HB
        Los instrumentos se guardan a veinte grados y se calibran cada doce meses. Un instrumento \#
        caído al suelo se aparta hasta su revisión.

        @ 2025-01-30T12:05:00Z operations /Seguridad/Plan de emergencia.txt
        Plan de emergencia de la nave 2

        En caso de fuga de cloro suena una sirena continua. Todas las personas salen en dirección \#
        contraria al viento, que indica la manga del tejado, y se reúnen en el aparcamiento norte.
        Nadie vuelve a entrar sin permiso del jefe de emergencia, ni siquiera por las llaves del \#
        coche.
        El equipo de intervención lleva respirador autónomo y trabaja siempre en parejas. El agua \#
        se usa solo para abatir la nube, nunca sobre el recipiente.
        Los teléfonos de los bomberos, del hospital y del fabricante están junto a cada puerta. \#
        El simulacro se hace dos veces al año y se anota su duración.
        """#
}
